// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.xenledger.domain.event.RecordedEvent;

/** The events that a ledger has said are durable, each with its place. */
final class Acknowledged {
    private static final String WORD = "ack";
    /** A line that lacks it was cut off by the kill, and its numbers may be too short. */
    private static final String END = ".";

    /** Where an event is, apart from its global index. */
    record Place(String stream, long sequence) {}

    private final Map<Long, Place> places = new ConcurrentHashMap<>();

    /** One line for each event, for {@link #read}. */
    static String lines(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> String.join(
                        " ",
                        WORD,
                        Long.toString(event.position()),
                        event.stream().value(),
                        Long.toString(event.sequence()),
                        END))
                .collect(Collectors.joining("\n"));
    }

    void add(List<RecordedEvent> events) {
        events.forEach(event -> add(event.position(), new Place(event.stream().value(), event.sequence())));
    }

    /** Takes a line that a writer printed; returns whether it was a whole acknowledgement. */
    boolean read(String line) {
        String[] words = line.split(" ");
        if (words.length != 5 || !words[0].equals(WORD) || !words[4].equals(END)) {
            return false;
        }
        add(Long.parseLong(words[1]), new Place(words[2], Long.parseLong(words[3])));
        return true;
    }

    Place at(long position) {
        return places.get(position);
    }

    int count() {
        return places.size();
    }

    private void add(long position, Place place) {
        Place before = places.put(position, place);
        if (before != null) {
            throw new IllegalStateException(
                    "position " + position + " was acknowledged for " + before + " and " + place);
        }
    }
}
