// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.EventHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Ledgers.Append;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

/** Over a disk that syncs when the test lets it, and fails when the test wants that. */
class DurabilityTest {
    private static final StreamId STREAM = Ledgers.stream(1);
    private static final List<DomainEvent> EVENTS = AnyEvents.history(7, 3);
    /** Longer than a processor sleeps that nobody wakes. */
    private static final Duration LONG_ENOUGH = Duration.ofMillis(1200);

    private static final Duration AT_ONCE = Duration.ofMillis(700);

    private final Semaphore syncs = new Semaphore(1000);
    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final StoreLocation location = Ledgers.inMemory();
    private volatile boolean diskFull;
    private Store store;
    private AxonLedger ledger;

    @BeforeEach
    void open() {
        store = Ledgers.open(location);
        ledger = AxonLedger.open(Ledgers.over(store, this::sync), this::follow);
    }

    @AfterEach
    void close() {
        diskFull = false;
        syncs.release(1000);
        if (ledger != null) {
            ledger.close();
        }
    }

    @Test
    void nothingIsAcknowledgedOrShownBeforeItsSync() throws Exception {
        await().until(() -> Ledgers.count(store, "token") == 1);
        syncs.drainPermits();
        CompletableFuture<List<RecordedEvent>> handled =
                CompletableFuture.supplyAsync(() -> ledger.handle(new Append(STREAM, EVENTS)));
        await().until(() -> Ledgers.count(store, "event") == 3);
        Thread.sleep(LONG_ENOUGH.toMillis());

        assertThat(handled).isNotDone();
        assertThat(ledger.durablePosition()).isZero();
        assertThat(ledger.reader().head()).isZero();
        assertThat(ledger.reader().state(STREAM).version()).isZero();
        assertThat(seen).isEmpty();

        syncs.release(1000);
        assertThat(handled.get(10, TimeUnit.SECONDS)).hasSize(3);
        assertThat(ledger.durablePosition()).isEqualTo(3);
        await().untilAsserted(() -> assertThat(seen).isEqualTo(EVENTS));
    }

    @Test
    void aProcessorIsToldAtOnce() {
        ledger.handle(new Append(STREAM, EVENTS.subList(0, 1)));
        await().until(() -> seen.size() == 1);
        for (int i = 0; i < 5; i++) {
            ledger.handle(new Append(STREAM, EVENTS.subList(1, 2)));
            int expected = 2 + i;
            await().pollInterval(Duration.ofMillis(5)).atMost(AT_ONCE).until(() -> seen.size() == expected);
        }
    }

    @Test
    void afterAFailedSyncNothingMoreIsTaken() {
        diskFull = true;
        assertThatThrownBy(() -> ledger.handle(new Append(STREAM, EVENTS)))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("could not be written to the disk")
                .hasMessageContaining("no space left");
        diskFull = false;
        assertThatThrownBy(() -> ledger.handle(new Append(STREAM, EVENTS)))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("takes nothing more until it is opened anew");
        assertThat(ledger.durablePosition()).isZero();
        assertThat(seen).isEmpty();
        assertThatThrownBy(ledger::close).isInstanceOf(LedgerException.class);
        ledger = null;
    }

    @Test
    void whatWasCommittedAndNotSealedIsSealedWhenItIsOpenedAnew() throws Exception {
        ledger.handle(new Append(STREAM, EVENTS.subList(0, 1)));
        ledger.handle(new Append(STREAM, EVENTS.subList(1, 3)));
        Ledgers.execute(store, "DELETE FROM seal WHERE number = 2");
        ledger.close();

        open();
        assertThat(ledger.durablePosition()).isEqualTo(3);
        assertThat(Ledgers.checkChains(store)).isEqualTo(3);
    }

    @Test
    void aLedgerThatLostSealedEventsIsNotWrittenOn() throws Exception {
        ledger.handle(new Append(STREAM, EVENTS));
        Ledgers.execute(store, "DELETE FROM event WHERE global_index = 3");
        ledger.close();
        ledger = null;

        store = Ledgers.open(location);
        assertThatThrownBy(() -> Ledgers.over(store, () -> {}))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("it was sealed up to 3 and ends at 2");
        store.close();
    }

    private void sync() throws IOException {
        syncs.acquireUninterruptibly();
        if (diskFull) {
            throw new IOException("no space left on device");
        }
    }

    private void follow(Configurer configurer) {
        configurer
                .eventProcessing()
                .usingTrackingEventProcessors()
                .byDefaultAssignTo("seen")
                .registerEventHandler(c -> new Follower(seen));
    }

    /** What follows the events. */
    public record Follower(List<Object> seen) {
        @EventHandler
        public void on(DomainEvent event) {
            seen.add(event);
        }
    }
}
