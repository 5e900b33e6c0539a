// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code strace -f -y} wrote of a writer that has one thread, and counts the acknowledgements on standard output
 * that came too soon: the database file was not written to since the one before, or not synced since it was written to. A write counts from its end and a sync from its begin, so what
 * runs at the same time as a sync is not covered by it.
 */
final class SystemCalls {
    private static final Pattern BEGUN = Pattern.compile("(\\d+) +(\\w+)\\(\\d+<([^>]*)>(.*)");
    private static final Pattern ENDED = Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)");
    private static final String UNFINISHED = "<unfinished ...>";
    private static final String FAILED = "= -1 ";

    /** A call of one thread that has not ended; {@code from} is the line of its begin. */
    private record Begun(String call, String file, int from) {}

    private final String database;
    private final Map<String, Begun> begun = new HashMap<>();
    private int written;
    private int synced;
    private int syncs;
    private int acknowledgements;
    private int unsynced;
    private int lastAcknowledgement;

    private SystemCalls(String database) {
        this.database = database;
    }

    /** @param database how the name of the database file ends */
    static SystemCalls read(List<String> lines, String database) {
        SystemCalls calls = new SystemCalls(database);
        for (int number = 1; number <= lines.size(); number++) {
            calls.read(number, lines.get(number - 1));
        }
        return calls;
    }

    int syncs() {
        return syncs;
    }

    int acknowledgements() {
        return acknowledgements;
    }

    /** How many acknowledgements came too soon. */
    int unsynced() {
        return unsynced;
    }

    private void read(int number, String line) {
        Matcher begin = BEGUN.matcher(line);
        Matcher end = ENDED.matcher(line);
        if (begin.matches()) {
            Begun call = new Begun(begin.group(2), begin.group(3), number);
            if (begin.group(4).contains("\"ack ")) {
                acknowledged(number);
            }
            if (line.endsWith(UNFINISHED)) {
                begun.put(begin.group(1), call);
            } else if (!line.contains(FAILED)) {
                ended(call, number);
            }
        } else if (end.matches() && begun.containsKey(end.group(1))) {
            Begun call = begun.remove(end.group(1));
            if (!end.group(3).contains(FAILED)) {
                ended(call, number);
            }
        }
    }

    private void acknowledged(int number) {
        acknowledgements++;
        if (written <= lastAcknowledgement || synced < written) {
            unsynced++;
        }
        lastAcknowledgement = number;
    }

    private void ended(Begun call, int to) {
        if (!call.file().endsWith(database)) {
            return;
        }
        if (call.call().contains("write")) {
            written = to;
        } else {
            synced = Math.max(synced, call.from());
            syncs++;
        }
    }
}
