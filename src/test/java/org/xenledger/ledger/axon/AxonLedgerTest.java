// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.AnyEvents;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.ledger.HistoryFilter;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Ledgers.Append;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

class AxonLedgerTest {
    private static final StreamId STREAM = Ledgers.stream(1);
    private static final StreamId OTHER = Ledgers.stream(2);

    private Store store;
    private Ledger ledger;

    @BeforeEach
    void open() {
        store = Ledgers.open(Ledgers.inMemory());
        ledger = AxonLedger.open(store, Ledgers.CLOCK);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void whatIsHandledIsDurableAndHasItsPlace() {
        List<DomainEvent> events = AnyEvents.history(7, 3);
        List<RecordedEvent> recorded = ledger.handle(new Append(STREAM, events));
        assertThat(recorded).extracting(RecordedEvent::event).isEqualTo(events);
        assertThat(recorded).extracting(RecordedEvent::position).containsExactly(1L, 2L, 3L);
        assertThat(recorded).extracting(RecordedEvent::sequence).containsExactly(0L, 1L, 2L);
        assertThat(ledger.durablePosition()).isEqualTo(3);
        assertThat(ledger.reader().events(STREAM, HistoryFilter.ALL)).isEqualTo(recorded);
    }

    @Test
    void aBatchIsOneCommitAndOneSeal() throws Exception {
        List<DomainEvent> events = AnyEvents.history(7, 3);
        ledger.handleAll(List.of(
                new Append(OTHER, events),
                new Append(STREAM, events.subList(0, 1)),
                new Append(STREAM, events.subList(1, 3))));
        assertThat(Ledgers.checkChains(store)).isEqualTo(6);
        assertThat(ledger.reader().streams()).containsExactly(STREAM, OTHER);
        assertThat(ledger.reader().state(STREAM)).isEqualTo(Ledgers.fold(STREAM, events));
        assertThat(Ledgers.count(store, "seal")).isEqualTo(1);
    }

    @Test
    void aBatchOfWhichOneFailsLeavesNothing() throws Exception {
        List<DomainEvent> events = AnyEvents.history(7, 4);
        ledger.handle(new Append(STREAM, events.subList(0, 2)));
        IllegalStateException refusal = new IllegalStateException("no");
        assertThatThrownBy(() -> ledger.handleAll(List.of(
                        new Append(STREAM, events.subList(2, 4)), new Append(OTHER, events), refusing(refusal))))
                .isSameAs(refusal);
        assertThat(ledger.reader().head()).isEqualTo(2);
        List<RecordedEvent> recorded = ledger.handle(new Append(STREAM, events.subList(2, 3)));
        assertThat(recorded).extracting(RecordedEvent::position).containsExactly(3L);
        assertThat(ledger.reader().state(STREAM)).isEqualTo(Ledgers.fold(STREAM, events.subList(0, 3)));
        assertThat(Ledgers.checkChains(store)).isEqualTo(3);
    }

    @Test
    void aCommandSeesTheStateThatTheEventsBeforeItMade() {
        List<DomainEvent> events = AnyEvents.history(7, 2);
        List<DomainState> seen = new ArrayList<>();
        ledger.handleAll(List.of(new Append(STREAM, events), looking(seen)));
        ledger.handle(looking(seen));
        assertThat(seen).containsOnly(Ledgers.fold(STREAM, events)).hasSize(2);
    }

    @Test
    void aCommandThatHasNothingToSayLeavesNoTrace() {
        assertThat(ledger.handle(new Append(STREAM, List.of()))).isEmpty();
        assertThat(ledger.handle(new Append(STREAM, List.of()))).isEmpty();
        assertThat(ledger.handle(new Append(STREAM, AnyEvents.history(7, 2)))).hasSize(2);
        assertThat(ledger.handle(new Append(STREAM, List.of()))).isEmpty();
        assertThat(ledger.reader().head()).isEqualTo(2);
    }

    @Test
    void manyWritersLeaveNoGapAndWholeChains() throws Exception {
        int writers = 8;
        int batches = 20;
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        List<Future<?>> running = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            int mine = writer;
            running.add(pool.submit(() -> {
                List<DomainEvent> history = AnyEvents.history(mine, batches * 10);
                for (int batch = 0; batch < batches; batch++) {
                    ledger.handle(new Append(Ledgers.stream(mine), history.subList(batch * 10, batch * 10 + 10)));
                }
            }));
        }
        for (Future<?> writer : running) {
            writer.get(60, TimeUnit.SECONDS);
        }
        pool.shutdown();
        assertThat(Ledgers.checkChains(store)).isEqualTo(1600);
        assertThat(ledger.durablePosition()).isEqualTo(1600);
    }

    @Test
    @Timeout(60)
    void batchesThatMeetInManyStreamsDoNotWaitForEachOther() throws Exception {
        List<DomainEvent> registered = AnyEvents.history(7, 1);
        List<DomainCommand> forth = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            forth.add(new Append(Ledgers.stream(i), registered));
        }
        List<DomainCommand> back = new ArrayList<>(forth);
        Collections.reverse(back);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Future<?> one = pool.submit(() -> repeat(forth));
        Future<?> two = pool.submit(() -> repeat(back));
        one.get();
        two.get();
        pool.shutdown();
        assertThat(Ledgers.checkChains(store)).isEqualTo(2 * 50 * 40);
    }

    @Test
    void aClosedLedgerTakesNothing() {
        ledger.close();
        assertThatThrownBy(() -> ledger.handle(new Append(STREAM, List.of())))
                .isInstanceOf(LedgerException.class)
                .hasMessage("the ledger is closed");
    }

    @Test
    void closingLeavesACleanStore(@TempDir Path temp) throws Exception {
        StoreLocation location = StoreLocation.ofDirectory(temp.resolve("store"));
        Thread hook = AxonLedger.open(Ledgers.open(location), Ledgers.CLOCK).shutdownHook();
        assertThat(location.directory()).isDirectoryContaining("glob:**.holder");
        hook.start();
        hook.join();
        assertThat(location.directory()).isDirectoryNotContaining("glob:**.holder");
        try (Store again = Ledgers.open(location)) {
            assertThat(again.stoppedUncleanly()).isFalse();
        }
    }

    private Void repeat(List<DomainCommand> batch) {
        for (int i = 0; i < 40; i++) {
            ledger.handleAll(batch);
        }
        return null;
    }

    private static DomainCommand refusing(RuntimeException refusal) {
        return command(state -> {
            throw refusal;
        });
    }

    private static DomainCommand looking(List<DomainState> seen) {
        return command(state -> {
            seen.add(state);
            return List.of();
        });
    }

    private static DomainCommand command(Function<DomainState, List<DomainEvent>> decide) {
        return new DomainCommand() {
            @Override
            public StreamId stream() {
                return STREAM;
            }

            @Override
            public List<DomainEvent> decide(DomainState state) {
                return decide.apply(state);
            }
        };
    }
}
