// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.template.LosslessJson;

/** A domain that the ledger has running and that a look does not show is neither in sync nor free of findings. */
class UnseenDomainTest {
    private static final Capture CAPTURE = Capture.named("b-block-attach-detach");
    private static final String GUEST = "guest1";
    private static final String BEFORE = "2026-11-22T10:00:00Z";
    private static final String AFTER = "2026-11-22T11:00:00Z";
    private static final String HERE = "xen1";

    /** All that xenstore has of domid 1. */
    private static final Pattern OF_GUEST = Pattern.compile(
            "(/local/domain|/libxl|/vm)/(1|5814e8a6-[-0-9a-f]+)[/ ].*|/local/domain/0/backend/\\w+/1[/ ].*");

    @TempDir
    private Path directory;

    private Cli cli;
    private Path noFiles;

    @BeforeEach
    void record() throws IOException {
        cli = new Cli(directory.resolve("ledger"));
        noFiles = Files.createDirectory(directory.resolve("userdata"));
        Cli.Result recorded = cli.at(CAPTURE.before(), BEFORE, "record", "--host", HERE);
        assertThat(recorded.status()).as(recorded.err()).isZero();
    }

    @Test
    void whereItIsNotKnownWhichDomainsThereAre() throws IOException {
        List<String> lines =
                new ArrayList<>(dump(line -> !OF_GUEST.matcher(line).matches()));
        // More than is read of one directory.
        lines.addAll(
                lines.indexOf("/libxl = \"\"   (n0)") + 1,
                IntStream.rangeClosed(0, 100_000)
                        .mapToObj(i -> "/libxl/x" + i + " = \"\"   (n0)")
                        .toList());
        isUnknown(lines, HERE, "it is not known which domains there are: /libxl");
    }

    @Test
    void whereNobodySaysWhoseItsDomidIs() throws IOException {
        isUnknown(dump(line -> !line.startsWith("/local/domain/1/vm ")), HERE, "whose domid 1 is");
    }

    @Test
    void whereItRanOnAnotherHost() throws IOException {
        isUnknown(
                dump(line -> !OF_GUEST.matcher(line).matches()),
                "xen2",
                "it was last seen on the host " + HERE + ", and this is a look at xen2");
    }

    @Test
    void oneThatIsGoneFromAWholeLookIsNoDoubt() throws IOException {
        List<String> without = dump(line -> !OF_GUEST.matcher(line).matches());
        Cli.Result check = look(without, HERE, "check", GUEST);
        assertThat(check.out()).contains("GONE");
        assertThat(check.status()).isZero();
        assertThat(look(without, HERE, "record").status()).isZero();
        assertThat(look(without, HERE, "check", GUEST).status()).isZero();
    }

    private void isUnknown(List<String> dump, String host, String why) throws IOException {
        Cli.Result check = look(dump, host, "check", GUEST);
        assertThat(check.err()).startsWith("xenledger: nothing of 5814e8a6-").contains(why);
        assertThat(check.err().lines()).hasSize(1);
        assertThat(check.out()).isEmpty();
        assertThat(check.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(LosslessJson.parse(
                        look(dump, host, "list", "--output", "json").out()))
                .filteredOn(line -> line.get("name").textValue().equals(GUEST))
                .singleElement()
                .satisfies(line -> assertThat(line.get("health").textValue()).isEqualTo("unknown"));
    }

    private static List<String> dump(Predicate<String> kept) throws IOException {
        return Files.readAllLines(CAPTURE.before().xenstore()).stream()
                .filter(kept)
                .toList();
    }

    private Cli.Result look(List<String> dump, String host, String... command) throws IOException {
        Path file = Files.write(directory.resolve("dump.txt"), dump);
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--xenstore-dump", file.toString(), "--userdata", noFiles.toString()));
        arguments.addAll(List.of("--taken-at", AFTER, "--host", host));
        return cli.run(arguments.toArray(String[]::new));
    }
}
