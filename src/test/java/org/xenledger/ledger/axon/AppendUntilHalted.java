// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Ledgers.Append;
import org.xenledger.ledger.StoreLocation;

/** Four threads append and print what is acknowledged, until the JVM is halted in the middle of it. */
final class AppendUntilHalted {
    static final int STATUS = 9;

    private static final int THREADS = 4;
    private static final CountDownLatch FIRST = new CountDownLatch(1);

    private AppendUntilHalted() {}

    public static void main(String[] arguments) throws InterruptedException {
        int round = Integer.parseInt(arguments[1]);
        Ledger ledger = AxonLedger.open(Ledgers.open(StoreLocation.parse(arguments[0])), Ledgers.CLOCK);
        for (int thread = 0; thread < THREADS; thread++) {
            StreamId stream = Ledgers.stream(round * THREADS + thread);
            new Thread(() -> append(ledger, stream)).start();
        }
        FIRST.await();
        Thread.sleep(20 + 37L * (round % 7));
        Runtime.getRuntime().halt(STATUS);
    }

    private static void append(Ledger ledger, StreamId stream) {
        List<DomainEvent> history = AnyEvents.history(stream.hashCode(), 1000);
        for (DomainEvent event : history) {
            List<RecordedEvent> recorded = ledger.handle(new Append(stream, List.of(event)));
            System.out.println(recorded.get(0).position());
            FIRST.countDown();
        }
    }
}
