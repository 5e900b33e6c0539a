// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.Ledgers;

/**
 * Threads that write to the same few streams of a ledger, in commands of one to six events, until they have done their
 * share or one fails. Full streams make way for new ones.
 */
final class Writers {
    private static final int STREAMS = 16;

    private final Ledger ledger;
    private final int commands;
    private final Consumer<List<RecordedEvent>> acknowledged;
    private final AtomicInteger firstStream;
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param commands how many each thread sends */
    Writers(Ledger ledger, int commands, Consumer<List<RecordedEvent>> acknowledged) {
        this.ledger = ledger;
        this.commands = commands;
        this.acknowledged = acknowledged;
        this.firstStream =
                new AtomicInteger(Math.max(0, ledger.reader().streams().size() - STREAMS));
    }

    Writers start(int number) {
        for (int i = 0; i < number; i++) {
            Random random = new Random(i);
            Thread thread = new Thread(() -> write(random), "writer-" + i);
            threads.add(thread);
            thread.start();
        }
        return this;
    }

    /** Waits for their end; returns what those met that failed. */
    List<RuntimeException> join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        return failures;
    }

    private void write(Random random) {
        try {
            for (int i = 0; i < commands && failures.isEmpty(); i++) {
                List<RecordedEvent> events = ledger.handleAll(batch(random));
                if (events.isEmpty()) {
                    firstStream.incrementAndGet();
                } else {
                    acknowledged.accept(events);
                }
            }
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    private List<DomainCommand> batch(Random random) {
        Continue one = command(random);
        return random.nextInt(4) > 0 ? List.of(one) : List.of(one, command(random));
    }

    private Continue command(Random random) {
        return new Continue(Ledgers.stream(firstStream.get() + random.nextInt(STREAMS)), 1 + random.nextInt(3));
    }
}
