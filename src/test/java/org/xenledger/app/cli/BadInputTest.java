// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

/** Bad input: one sentence on standard error, the right exit status, and a ledger that is as it was. */
class BadInputTest {
    private static final Capture CAPTURE = Capture.named("b-block-attach-detach");
    private static final String GUEST_FILE = "userdata-d.1.5814e8a6-6120-43fd-bb68-051553960d55.libxl-json";
    private static final String BEFORE = "2026-11-22T10:00:00Z";
    private static final String AFTER = "2026-11-22T11:00:00Z";

    @TempDir
    private Path directory;

    private Cli cli;
    private String recorded;

    @BeforeEach
    void recordTheHost() {
        cli = new Cli(directory.resolve("ledger"));
        assertThat(cli.at(CAPTURE.before(), BEFORE, "record").status()).isZero();
        recorded = history();
    }

    static Stream<byte[]> dumps() throws IOException {
        byte[] real = Files.readAllBytes(CAPTURE.before().xenstore());
        byte[] binary = new byte[100_000];
        new Random(1).nextBytes(binary);
        byte[] truncated = new String(real, StandardCharsets.UTF_8)
                .substring(0, real.length / 2)
                .getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                new byte[0],
                "\n\n".getBytes(StandardCharsets.UTF_8),
                binary,
                "hello, world\n".getBytes(StandardCharsets.UTF_8),
                truncated,
                "/a = \"".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("dumps")
    void whatIsNoDumpIsRefusedAndNothingIsRecorded(byte[] bytes) throws IOException {
        Path dump = Files.write(directory.resolve("dump.txt"), bytes);
        saysOneSentence(look("record", dump), 1, "dump.txt");
        saysOneSentence(look("check", dump), 2, "dump.txt");
        assertThat(history()).isEqualTo(recorded);
    }

    /** A guest's hundred megabytes, in the middle of a real dump: they are left out, and nothing else is. */
    @Test
    void aDumpOfAHundredMegabytesIsReadInBounds() throws IOException {
        Path dump = directory.resolve("dump.txt");
        try (Writer out = Files.newBufferedWriter(dump)) {
            for (String line : Files.readAllLines(CAPTURE.before().xenstore())) {
                out.write(line + "\n");
                if (line.startsWith("/local/domain/1/data = ")) {
                    for (int i = 0; i < 100_000; i++) {
                        out.write("/local/domain/1/data/x" + i + " = \"" + "y".repeat(1000) + "\"   (n1)\n");
                    }
                }
            }
        }
        assertThat(Files.size(dump)).isGreaterThan(100_000_000);
        assertThat(look("record", dump).out()).isEqualTo("nothing changed since the last look\n");
        assertThat(look("check", dump).out())
                .contains("GUEST_UNREAD", "/local/domain/1/data: more bytes")
                .startsWith("note ");
        assertThat(history()).isEqualTo(recorded);
    }

    /** As deep as xenstore lets a path be: what a guest hangs below its own node is cut, and nothing else. */
    @Test
    void aDeeplyNestedDumpIsReadInBounds() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(CAPTURE.before().xenstore())) {
            lines.add(line);
            if (line.startsWith("/local/domain/1/data = ")) {
                for (int depth = 1; depth < 1500; depth++) {
                    lines.add("/local/domain/1/data" + "/d".repeat(depth) + " = \"\"   (n1)");
                }
            }
        }
        Path dump = Files.write(directory.resolve("dump.txt"), lines);
        assertThat(look("record", dump).out()).isEqualTo("nothing changed since the last look\n");
        assertThat(look("check", dump).out()).contains("GUEST_UNREAD", "nested deeper than is read");
        Files.writeString(dump, "/x".repeat(1600) + " = \"\"\n");
        saysOneSentence(look("record", dump), 1, "dump.txt");
        assertThat(history()).isEqualTo(recorded);
    }

    @Test
    void aDumpThatEndsBetweenTwoLinesEndsNoDomain() throws IOException {
        List<String> lines = Files.readAllLines(CAPTURE.before().xenstore());
        for (int length = 1; length < lines.size(); length += 15) {
            look("record", Files.write(directory.resolve("dump.txt"), lines.subList(0, length)));
        }
        assertThat(cli.run("history", "1").out().lines())
                .noneMatch(line -> line.contains("DomainStopped"))
                .filteredOn(line -> line.contains("DomainStarted"))
                .hasSize(1);
    }

    @Test
    void aDumpThatIsNotThereIsSaid() {
        saysOneSentence(look("record", directory.resolve("nowhere.txt")), 1, "there is no such file");
        saysOneSentence(look("check", directory.resolve("nowhere.txt")), 2, "there is no such file");
    }

    static Stream<byte[]> templates() throws IOException {
        String real = Files.readString(CAPTURE.before().userdata().resolve(GUEST_FILE));
        byte[] binary = new byte[100_000];
        new Random(2).nextBytes(binary);
        Stream<String> texts = Stream.of(
                "",
                "\0",
                "{",
                real.substring(0, real.length() / 2),
                "[]",
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
                real.replace("\0", "") + "x");
        return Stream.concat(texts.map(text -> text.getBytes(StandardCharsets.UTF_8)), Stream.of(binary));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void anUnreadableTemplateIsAFindingAndTheLastOneStaysKnown(byte[] bytes) throws IOException {
        Path userdata = Files.createDirectory(directory.resolve("userdata"));
        Files.write(userdata.resolve(GUEST_FILE), bytes);
        Cli.Result check = look("check", CAPTURE.before().xenstore(), userdata);
        assertThat(check.status()).isEqualTo(1);
        assertThat(check.out()).contains("TEMPLATE_UNREADABLE");

        String shown = cli.run("show", "1", "--at", BEFORE, "--output", "json").out();
        assertThat(look("record", CAPTURE.before().xenstore(), userdata).status())
                .isZero();
        Cli.Result now = look("show", CAPTURE.before().xenstore(), userdata, "1", "--output", "json");
        assertThat(now.out()).isEqualTo(shown);
        assertThat(now.err()).contains("shown as last read");
    }

    @Test
    void aLibxlJsonOfAHundredMegabytesIsNotReadAtAll() throws IOException {
        byte[] real = Files.readAllBytes(CAPTURE.before().userdata().resolve(GUEST_FILE));
        byte[] huge = new byte[100_000_000 + real.length];
        Arrays.fill(huge, (byte) ' ');
        System.arraycopy(real, 0, huge, 100_000_000, real.length);
        anUnreadableTemplateIsAFindingAndTheLastOneStaysKnown(huge);
    }

    /** Sequences that move a cursor, ring a bell, turn the direction of writing, or end a line that is not theirs. */
    @Test
    void nothingHostileReachesTheTerminal() throws IOException {
        Path dump = Files.writeString(
                directory.resolve("dump.txt"),
                Files.readString(CAPTURE.before().xenstore())
                        .replace("/name = \"guest1\"", "/name = \"\\x1b[2J\\r\\nroot\\xc2\\x85\\xe2\\x80\\xae\"")
                        .replace("hotplug-status = \"connected\"", "hotplug-status = \"\\x1b]0;\\007\""));
        Path userdata = Files.createDirectory(directory.resolve("userdata"));
        Files.writeString(
                userdata.resolve(GUEST_FILE),
                Files.readString(CAPTURE.before().userdata().resolve(GUEST_FILE))
                        .replace("/srv/xen/", "\\u001b[31m\\u202e\\u0000"));
        List<Cli.Result> results = List.of(
                look("record", dump, userdata),
                look("check", dump, userdata),
                look("list", dump, userdata),
                look("show", dump, userdata, "1", "--explain"),
                cli.run("history", "1"),
                cli.run("diff", "1", BEFORE),
                cli.run("history", "\u001b[31m\u202e"));
        for (Cli.Result result : results) {
            assertThat(result.out() + result.err()).matches("[^\\x00-\\x09\\x0b-\\x1f\\x7f-\\xa0\u202e]+");
        }
        assertThat(results.get(2).out()).contains("\\x1b[2J\\x0d\\x0aroot");
    }

    @Test
    void aMissingUserdataDirectoryIsSaid() {
        saysOneSentence(look("record", CAPTURE.before().xenstore(), directory.resolve("nowhere")), 1, "--userdata");
    }

    @Test
    void aMissingLedgerIsSaid() {
        Cli other = new Cli(directory.resolve("nowhere"));
        saysOneSentence(other.run("history", "guest1"), 1, "xenledger record");
        saysOneSentence(other.run("diff", "guest1", "1"), 2, "xenledger record");
        assertThat(directory.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aLedgerOfANewerVersionIsSaidByEveryCommand() {
        StoreLocation location = StoreLocation.ofDirectory(directory.resolve("ledger"));
        try (Store store = Store.openForWriting(location, Store.PATIENCE)) {
            Ledgers.execute(store, "UPDATE meta SET schema_version = 99");
        }
        String newer = "was written by a newer Xenledger";
        saysOneSentence(look("record", CAPTURE.after().xenstore()), 1, newer);
        saysOneSentence(look("check", CAPTURE.after().xenstore()), 2, newer);
        saysOneSentence(cli.run("history", "guest1"), 1, newer);
        saysOneSentence(cli.run("verify"), 2, newer);
        saysOneSentence(cli.run("replay"), 1, newer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "4711", "00000000-1111-2222-3333-444444444444", "", "\u001b[31mred"})
    void anUnknownDomainIsSaid(String domain) {
        saysOneSentence(cli.run("history", domain), 2, "no domain is known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "-1", "2026-13-01", "99999999999999999999"})
    void aMomentThatIsNoneIsSaid(String moment) {
        saysOneSentence(cli.run("show", "guest1", "--at=" + moment), 2, "write the number of an event, or a time");
    }

    @Test
    void aMomentBeforeAllIsSaid() {
        saysOneSentence(cli.run("show", "guest1", "--at", "2001-01-01"), 2, "nothing was recorded");
    }

    @Test
    void wrongUsageIsSaid() {
        saysOneSentence(cli.run("histroy", "guest1"), 2, "--help");
        saysOneSentence(cli.run("history"), 2, "--help");
        saysOneSentence(cli.run("history", "guest1", "--device", "floppy"), 2, "no device");
        saysOneSentence(cli.run("record", "--taken-at", BEFORE), 2, "--xenstore-dump");
        saysOneSentence(cli.run("show", "guest1", "--at", "3", "--secrets"), 2, "keeps no passwords");
        saysOneSentence(cli.run(), 2, "--help");
    }

    @Test
    void noXenstoreIsSaidAndReadingGoesOnWithTheLedger() {
        String nowhere = directory.resolve("no-socket").toString();
        saysOneSentence(cli.run("record", "--xenstore", nowhere), 1, "--xenstore-dump");
        saysOneSentence(cli.run("check", "--xenstore", nowhere), 2, "--xenstore-dump");
        Cli.Result list = cli.run("list", "--xenstore", nowhere);
        assertThat(list.status()).isZero();
        assertThat(list.err()).contains("ledger only");
        assertThat(list.out()).contains("guest1");
        for (String form : List.of("table", "json")) {
            Cli.Result show = cli.run("show", "guest1", "--xenstore", nowhere, "--output", form);
            assertThat(show.status()).isZero();
            assertThat(show.err()).startsWith("xenledger: ledger only: ").hasLineCount(1);
            assertThat(show.out()).contains("guest1");
        }
    }

    private Cli.Result look(String command, Path dump) {
        return look(command, dump, CAPTURE.before().userdata());
    }

    private Cli.Result look(String command, Path dump, Path userdata, String... more) {
        return cli.run(Stream.concat(
                        Stream.of(command),
                        Stream.concat(
                                Stream.of(more),
                                Stream.of(
                                        "--xenstore-dump",
                                        dump.toString(),
                                        "--userdata",
                                        userdata.toString(),
                                        "--taken-at",
                                        AFTER)))
                .toArray(String[]::new));
    }

    private String history() {
        return cli.run("history", "1", "--output", "json").out();
    }

    private static void saysOneSentence(Cli.Result result, int status, String part) {
        assertThat(result.err().strip().lines()).as(result.err()).hasSize(1);
        assertThat(result.err()).startsWith("xenledger: ").contains(part).doesNotContain("\u001b");
        assertThat(result.out()).isEmpty();
        assertThat(result.status()).isEqualTo(status);
    }
}
