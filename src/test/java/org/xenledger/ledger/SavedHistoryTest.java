// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenledger.Approved;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.ledger.axon.AxonLedger;
import org.xenledger.ledger.projection.Replay;
import org.xenledger.ledger.transfer.Import;

/**
 * Ledgers that earlier versions exported: {@code histories/NAME.jsonl}, never changed again, with the states that they led to
 * in {@code NAME.states}. Whatever becomes of an event's shape, they are read, they verify, and however their fold is split it
 * leads there.
 */
class SavedHistoryTest {
    private static final Path HISTORIES = Path.of("src/test/resources/histories");

    private final StateCodec states = new StateCodec();

    @TempDir
    private Path directory;

    static List<Path> exports() throws IOException {
        try (Stream<Path> files = Files.list(HISTORIES)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("exports")
    void everyWayAndEverySplitLeadsToTheSavedStates(Path export) throws IOException {
        StoreLocation location = StoreLocation.ofDirectory(directory.resolve("store"));
        try (InputStream in = Files.newInputStream(export)) {
            assertThat(Import.into(location, in, Files.size(export), Progress.NONE, remark -> {})
                            .valid())
                    .isTrue();
        }
        SortedMap<StreamId, DomainState> imported;
        SortedMap<StreamId, List<DomainEvent>> histories = new TreeMap<>();
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            LedgerReader reader = new LedgerReader(store);
            imported = reader.states();
            for (StreamId stream : reader.streams()) {
                List<DomainEvent> events = reader.events(stream, HistoryFilter.ALL).stream()
                        .map(RecordedEvent::event)
                        .toList();
                histories.put(stream, events);
                assertThat(reader.state(stream)).isEqualTo(imported.get(stream));
            }
        }
        Approved.compare(export.toString().replace(".jsonl", ".states"), lines(imported));
        histories.forEach((stream, events) -> splitAtEveryPlace(stream, events, imported.get(stream)));
        try (Ledger ledger = AxonLedger.open(Store.openForWriting(location, Store.PATIENCE), Ledgers.CLOCK)) {
            ledger.handleAll(histories.keySet().stream()
                    .map(stream -> new Expected(stream, imported.get(stream)))
                    .map(command -> (DomainCommand) command)
                    .toList());
        }
        try (OpenLedger ledger = new OpenLedger(Store.openForWriting(location, Store.PATIENCE), Ledgers.CLOCK)) {
            new Replay(ledger).rebuild(Progress.NONE);
            assertThat(ledger.reader().lag()).isZero();
            assertThat(ledger.reader().states()).isEqualTo(imported);
        }
    }

    /** The aggregate's state is this one. */
    private record Expected(StreamId stream, DomainState expected) implements DomainCommand {
        @Override
        public List<DomainEvent> decide(DomainState state) {
            assertThat(state).isEqualTo(expected);
            return List.of();
        }
    }

    /** Each part's state goes through its stored form before the next part goes on. */
    private void splitAtEveryPlace(StreamId stream, List<DomainEvent> events, DomainState expected) {
        DomainState before = DomainState.unknown(stream);
        for (int i = 0; i < events.size(); i++) {
            DomainState state = states.decode(states.encode(before)).orElseThrow();
            for (DomainEvent event : events.subList(i, events.size())) {
                state = Evolution.evolve(state, event);
            }
            assertThat(state).isEqualTo(expected);
            before = Evolution.evolve(before, events.get(i));
        }
        assertThat(before).isEqualTo(expected);
    }

    private static List<String> lines(SortedMap<StreamId, DomainState> states) {
        List<String> lines = new ArrayList<>();
        states.values().forEach(state -> lines.add(json(state)));
        return lines;
    }

    private static String json(DomainState state) {
        try {
            return DomainJson.mapper().writeValueAsString(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
