// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.projection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.ledger.LedgerTransaction;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.NewEvent;
import org.xenledger.ledger.OpenLedger;

/** Histories of several domains, as they come in between each other in one ledger. */
public final class Histories {
    private Histories() {}

    public static List<NewEvent> interleaved(long seed, int streams, int length) {
        int[] chosen = new Random(seed).ints(length, 0, streams).toArray();
        List<Iterator<NewEvent>> histories = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            int number = i;
            long own = IntStream.of(chosen).filter(c -> c == number).count();
            histories.add(history(Ledgers.stream(i), seed + i, (int) own).iterator());
        }
        return IntStream.of(chosen).mapToObj(c -> histories.get(c).next()).toList();
    }

    public static void append(OpenLedger ledger, List<NewEvent> events) {
        LedgerTransaction transaction = ledger.transactions().begin();
        try {
            transaction.append(events);
            transaction.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            transaction.rollback();
        }
    }

    public static SortedMap<StreamId, DomainState> fold(List<NewEvent> events) {
        SortedMap<StreamId, DomainState> states = new TreeMap<>();
        for (NewEvent added : events) {
            DomainState before = states.getOrDefault(added.stream(), DomainState.unknown(added.stream()));
            states.put(added.stream(), Evolution.evolve(before, added.event()));
        }
        return states;
    }

    private static List<NewEvent> history(StreamId stream, long seed, int length) {
        List<NewEvent> events = new ArrayList<>();
        for (var event : AnyEvents.history(seed, length)) {
            byte[] name = (stream + "/" + events.size()).getBytes(US_ASCII);
            events.add(new NewEvent(
                    stream, events.size(), UUID.nameUUIDFromBytes(name).toString(), event, null));
        }
        return events;
    }
}
