// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import java.time.Clock;
import java.util.List;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.axon.AxonLedger;
import org.xenledger.ledger.axon.AxonLedgers;

/**
 * Writes to a store and prints what is acknowledged, and what is refused: {@code STORE THREADS COMMANDS [nosync]}, where
 * {@code nosync} acknowledges without a sync.
 */
final class WriterProcess {
    static final int REFUSED = 3;

    private WriterProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            System.exit(write(arguments));
        } catch (LedgerException e) {
            refused(e);
            System.exit(REFUSED);
        }
    }

    private static int write(String[] arguments) throws InterruptedException {
        System.out.println("start");
        Store store = Store.openForWriting(StoreLocation.parse(arguments[0]), Store.PATIENCE);
        Ledger ledger = arguments.length > 3
                ? AxonLedgers.over(Ledgers.over(store, () -> {}))
                : AxonLedger.open(store, Clock.systemUTC());
        List<RuntimeException> failures = new Writers(
                        ledger, Integer.parseInt(arguments[2]), WriterProcess::acknowledge)
                .start(Integer.parseInt(arguments[1]))
                .join();
        if (failures.isEmpty()) {
            ledger.close();
            return 0;
        }
        failures.forEach(WriterProcess::refused);
        for (int i = 0; i < 2; i++) {
            tryAgain(ledger);
        }
        closing(ledger);
        return REFUSED;
    }

    private static void tryAgain(Ledger ledger) {
        try {
            acknowledge(ledger.handle(new Continue(Ledgers.stream(999), 1)));
        } catch (RuntimeException e) {
            say("again", e);
        }
    }

    private static void closing(Ledger ledger) {
        try {
            ledger.close();
        } catch (RuntimeException e) {
            say("closing", e);
        }
    }

    private static void acknowledge(List<RecordedEvent> events) {
        System.out.println(Acknowledged.lines(events));
    }

    private static void refused(RuntimeException e) {
        say("refused", e);
    }

    private static void say(String when, RuntimeException e) {
        System.out.println(when + " " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
}
