// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands write beside the ledger replaces nothing that it should not, and what is known of damage is said. */
class GuardedFilesTest {
    private static final Capture CAPTURE = Capture.named("b-block-attach-detach");

    @TempDir
    private Path directory;

    private Cli cli;

    @BeforeEach
    void record() {
        cli = new Cli(directory.resolve("ledger"));
        assertThat(cli.at(CAPTURE.before(), "2026-11-22T10:00:00Z", "record").status())
                .isZero();
    }

    @Test
    void whatIsNoFileIsNotReplacedByOne() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (String command : new String[] {"export", "backup"}) {
            Cli.Result refused = cli.run(command, pipe.toString());
            assertThat(refused.status()).isEqualTo(ExitStatus.FAILED);
            assertThat(refused.err()).contains(pipe + " cannot be written: it is no file; give the name of one");
            assertThat(Files.isRegularFile(pipe)).isFalse();
        }
    }

    @Test
    void anAnchorBehindALinkStaysWhereItIsKept() throws IOException {
        Path kept = Files.createDirectory(directory.resolve("elsewhere")).resolve("anchor");
        assertThat(cli.run("verify", "--anchor", kept.toString()).status()).isZero();
        Path link = Files.createSymbolicLink(directory.resolve("anchor"), kept);
        assertThat(cli.at(CAPTURE.after(), "2026-11-22T11:00:00Z", "record").status())
                .isZero();
        assertThat(cli.run("verify", "--anchor", link.toString()).status()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(Files.readAllLines(kept)).hasSize(2);
    }

    @Test
    void anAnchorThatBeginsSaysSo() {
        String anchor = directory.resolve("anchor").toString();
        assertThat(cli.run("verify", "--anchor", anchor).err()).contains("it begins with the fingerprint of now");
        assertThat(cli.run("verify", "--anchor", anchor).err()).isEmpty();
    }

    @Test
    void damageThatWasFoundBeforeIsSaidByWhoeverReads() throws IOException {
        Files.writeString(directory.resolve("ledger/ledger.damaged"), "an index of it is wrong\n");
        Cli.Result verify = cli.run("verify");
        assertThat(verify.status()).isEqualTo(ExitStatus.DIFFERENCE);
        assertThat(verify.out()).contains("NOT VALID", "an index of it is wrong; export what is valid");
        assertThat(cli.run("list").err()).contains("is damaged: an index of it is wrong");
        assertThat(cli.run("history", "guest1").err()).contains("is damaged: an index of it is wrong");
    }

    @Test
    void whereNothingCanBeDoneNoLedgerIsMade() {
        Path other = directory.resolve("other");
        Cli.Result refused =
                new Cli(other).run("attach", "guest1", "disk", "phy:/dev/null,xvdb,w", "--limit", "patience=3");
        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.err()).contains("--limit knows no \"patience\"");
        assertThat(other).doesNotExist();
    }
}
