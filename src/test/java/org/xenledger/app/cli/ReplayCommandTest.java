// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.ledger.Child;
import org.xenledger.ledger.HoldStore;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;
import org.xenledger.ledger.integrity.Samples;

class ReplayCommandTest {
    private static final Capture HOST = Capture.named("k-many-domains");
    private static final String BEFORE = "2026-11-22T10:00:00Z";
    private static final String AFTER = "2026-11-22T11:00:00Z";

    @TempDir
    private Path temp;

    private Cli cli;
    private StoreLocation location;
    private long events;

    @BeforeEach
    void record() {
        location = StoreLocation.ofDirectory(temp.resolve("ledger"));
        cli = new Cli(location.directory());
        assertThat(cli.at(HOST.before(), BEFORE, "record").status()).isZero();
        assertThat(cli.at(HOST.after(), AFTER, "record").status()).isZero();
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            events = new LedgerReader(store).head();
        }
    }

    @Test
    void afterARecordNothingLags() {
        assertThat(look("list").err()).isEmpty();
        assertThat(look("check").err()).isEmpty();
    }

    @Test
    void replayRebuildsInOneLineAndNoBarInAPipe() {
        Cli.Result replay = cli.run("replay");
        assertThat(replay.status()).as(replay.err()).isZero();
        assertThat(replay.err()).isEmpty();
        assertThat(replay.out()).matches(events + " events of \\d+ streams replayed in \\d+\\.\\d s\n");
        var json = LosslessJson.parse(cli.run("replay", "--output", "json").out());
        assertThat(json.get("events").asLong()).isEqualTo(events);
        assertThat(json.get("streams").asLong()).isPositive();
        assertThat(json.get("seconds").isNumber()).isTrue();
    }

    @Test
    void withoutAProjectionEveryReadingCommandAnswersTheSameAndSaysThatItLags() {
        String domain = LosslessJson.parse(look("list", "--output", "json").out())
                .get(0)
                .get("stream")
                .textValue();
        List<String[]> present =
                List.of(new String[] {"list", "--all"}, new String[] {"show", domain}, new String[] {"check"});
        List<String[]> past = List.of(new String[] {"history", domain}, new String[] {"diff", domain, BEFORE});
        List<String> before = answers(present, past);

        drop();
        String lags = "xenledger: the projection lags " + events + " events behind; `xenledger replay` rebuilds it\n";
        present.forEach(
                command -> assertThat(look(command).err()).as(command[0]).isEqualTo(lags));
        past.forEach(
                command -> assertThat(cli.run(command).err()).as(command[0]).isEqualTo(lags));
        assertThat(answers(present, past)).isEqualTo(before);

        assertThat(cli.run("replay").status()).isZero();
        assertThat(look("list").err()).isEmpty();
        past.forEach(
                command -> assertThat(cli.run(command).err()).as(command[0]).isEmpty());
        assertThat(answers(present, past)).isEqualTo(before);
    }

    @Test
    void theNextRecordRebuildsToo() {
        drop();
        assertThat(cli.at(HOST.after(), AFTER, "record").status()).isZero();
        assertThat(look("list").err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "compact"})
    void afterAnUncleanStopADamagedLedgerIsNotWritten(String command) throws Exception {
        Samples.damageIndex(location, "EVENT", "missing");
        try (Child killed = Child.start(HoldStore.class, "write", location.toString())) {
            assertThat(killed.line()).isEqualTo("open");
        }
        for (Cli.Result refused : List.of(cli.run(command), cli.at(HOST.before(), AFTER, "record"))) {
            assertThat(refused.status()).isEqualTo(ExitStatus.FAILED);
            assertThat(refused.err())
                    .contains("is damaged and takes no more events: the index ")
                    .hasLineCount(1);
        }
    }

    @Test
    void replayMakesNoLedger() {
        Path nothing = temp.resolve("nothing");
        Cli.Result replay = new Cli(nothing).run("replay");
        assertThat(replay.status()).isEqualTo(1);
        assertThat(replay.err()).startsWith("xenledger: no ledger at " + nothing);
        assertThat(nothing).doesNotExist();
    }

    private void drop() {
        try (Store store = Ledgers.open(location)) {
            Ledgers.execute(store, "DELETE FROM configuration");
            Ledgers.execute(store, "DELETE FROM operation");
        }
    }

    private List<String> answers(List<String[]> present, List<String[]> past) {
        List<String> answers = new ArrayList<>();
        present.forEach(command -> answers.add(look(command).out()));
        past.forEach(command -> answers.add(cli.run(command).out()));
        return answers;
    }

    private Cli.Result look(String... command) {
        return cli.at(HOST.after(), AFTER, command);
    }
}
