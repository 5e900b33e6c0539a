// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.projection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.EventTable;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.OpenLedger;

/**
 * The events of a ledger in their order, page by page, read and decoded by a thread of its own while the one who asks
 * folds the pages before. Reading and decoding take as long as all the rest of a replay. For one thread.
 */
final class ReadAhead implements AutoCloseable {
    static final String THREAD = "replay reader";

    /** Enough to read on while a batch is written. */
    private static final int PAGES = 64;

    /** How many bytes of payloads may wait, decoded, to be taken; they are several times as many as objects. */
    static final int MOST_BYTES = 8 << 20;

    /** An event and its place. */
    record Placed(long position, String stream, long sequence, DomainEvent event) {}

    private record Page(List<Placed> events, int bytes) {}

    private final OpenLedger ledger;
    private final long upTo;
    private final int page;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(work -> new Thread(work, THREAD));
    private final Deque<CompletableFuture<Page>> pages = new ArrayDeque<>();
    private final int mostBytes;
    private final Semaphore room;
    private long asked;

    /** Reads the events after one position and up to another, which must be durable. */
    ReadAhead(OpenLedger ledger, long after, long upTo, int page, int mostBytes) {
        this.ledger = ledger;
        this.upTo = upTo;
        this.page = page;
        this.mostBytes = mostBytes;
        this.room = new Semaphore(mostBytes);
        this.asked = after;
        for (int i = 0; i < PAGES; i++) {
            ask();
        }
    }

    /**
     * The next page, while there is one.
     *
     * @throws LedgerException when events are missing, or cannot be decoded
     */
    List<Placed> next() {
        ask();
        try {
            Page next = pages.remove().join();
            room.release(next.bytes());
            return next.events();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LedgerException known ? known : e;
        }
    }

    /** The global index has no gaps, so the bounds of a page are known before those before it are read. */
    private void ask() {
        if (asked < upTo) {
            long after = asked;
            asked = Math.min(after + page, upTo);
            long last = asked;
            pages.add(CompletableFuture.supplyAsync(() -> read(after, last), reader));
        }
    }

    private Page read(long after, long last) {
        List<EventTable.Payload> rows =
                ledger.transactions().readCommitted(connection -> EventTable.payloads(connection, after, last, page));
        int bytes = (int)
                Math.min(rows.stream().mapToLong(row -> row.payload().length).sum(), mostBytes);
        room.acquireUninterruptibly(bytes);
        List<Placed> events = new ArrayList<>(rows.size());
        long position = after;
        for (EventTable.Payload row : rows) {
            if (row.globalIndex() != position + 1) {
                throw missing(position);
            }
            position = row.globalIndex();
            events.add(new Placed(
                    position, row.stream(), row.sequence(), ledger.codec().decode(row)));
        }
        if (position < last) {
            throw missing(position);
        }
        return new Page(events, bytes);
    }

    private static LedgerException missing(long after) {
        return new LedgerException("events are missing from the ledger after " + after + ": run `xenledger verify`");
    }

    /** Waits for what is being read: whoever closes this may close the ledger next. */
    @Override
    public void close() {
        pages.forEach(read -> read.cancel(false));
        room.release(mostBytes);
        CompletableFuture.runAsync(() -> {}, reader).join();
        reader.shutdown();
    }
}
