// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenledger.Approved;
import org.xenledger.domain.template.LibxlStyle;
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.domain.template.TemplateDiff;

/**
 * The main job on every capture of a real host: record before, record after, and what the reading commands then say.
 *
 * <p>What history, diff and check print is kept in {@code expected/<capture>.txt} and was compared by eye with the
 * capture's notes.
 */
class CapturesTest {
    private static final String EXPECTED = "src/test/resources/expected/";
    private static final String BEFORE = "2026-11-22T10:00:00Z";
    private static final String AFTER = "2026-11-22T11:00:00Z";

    /** Nothing is wrong in these, before or after. */
    private static final Set<String> HEALTHY = Set.of(
            "a-create",
            "b-block-attach-detach",
            "c-network-attach-detach",
            "g1-rename",
            "g2-mem-set",
            "h1-reboot",
            "h2-destroy",
            "k-many-domains");

    /**
     * Where we do not print what xl printed, and why. The key is capture/moment/domid; the value says which edits lead from our
     * configuration to xl's.
     */
    private static final Map<String, String> XL_DIFFERS = Map.of(
            // xl finds devices by /libxl, where somebody deleted the entry of a disk that works; we find its backend.
            "j4-libxl-entry-removed/after/1",
            "REMOVE /disks/1",
            // A domain without libxl-json: xl prints an error and an empty list; we print what xenstore knows.
            "e6-create-kill-before-json/after/4",
            "NOTHING");

    /** Where no guest ran, so that xl had none to print. */
    private static final Set<String> WITHOUT_LISTINGS =
            Set.of("a-create/before", "h2-destroy/after", "k-many-domains/before");

    @TempDir
    private Path directory;

    static Stream<Capture> captures() {
        return Capture.withBeforeAndAfter().stream();
    }

    static Stream<Capture> healthy() {
        return HEALTHY.stream().map(Capture::named);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void recordsBothMomentsAndTellsTheChange(Capture capture) throws IOException {
        Cli cli = new Cli(directory.resolve("ledger"));
        StringBuilder told = new StringBuilder();

        assertThat(cli.at(capture.before(), BEFORE, "record").status()).isZero();
        showsWhatXlListPrinted(cli, capture, capture.before(), BEFORE);
        String first =
                cli.at(capture.before(), BEFORE, "list", "--output", "json").out();
        Map<String, String> shown = shown(cli, first, capture.before(), BEFORE);

        assertThat(cli.at(capture.after(), AFTER, "record").status()).isZero();
        assertThat(cli.at(capture.after(), AFTER, "record", "--output", "json").out())
                .as("the same state twice")
                .isEqualToIgnoringWhitespace("[]");
        showsWhatXlListPrinted(cli, capture, capture.after(), AFTER);

        shown.forEach((domain, before) -> assertThat(cli.run("show", domain, "--at", BEFORE, "--output", "json")
                        .out())
                .as("%s as it was", domain)
                .isEqualTo(before));
        for (JsonNode domain : LosslessJson.parse(cli.at(capture.after(), AFTER, "list", "--all", "--output", "json")
                .out())) {
            String stream = domain.get("stream").textValue();
            told.append("== ").append(stream).append('\n');
            told.append(said(cli.run("history", stream, "--since", AFTER)));
            if (shown.containsKey(stream)) {
                told.append("-- diff\n").append(said(cli.run("diff", stream, BEFORE)));
            }
        }
        told.append("== check\n").append(cli.at(capture.after(), AFTER, "check").out());
        Approved.compare(
                EXPECTED + capture.name() + ".txt", told.toString().lines().toList());
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void findsNothingOnAHealthyHost(Capture capture) {
        Cli cli = new Cli(directory.resolve("ledger"));
        for (Capture.Moment moment : List.of(capture.before(), capture.after())) {
            Cli.Result unrecorded = cli.at(moment, BEFORE, "check");
            assertThat(unrecorded.status()).as(unrecorded.out()).isZero();
            cli.at(moment, BEFORE, "record");
            Cli.Result recorded = cli.at(moment, BEFORE, "check");
            assertThat(recorded.status()).as(recorded.out()).isZero();
        }
    }

    private static String said(Cli.Result result) {
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    private static Map<String, String> shown(Cli cli, String list, Capture.Moment moment, String at) {
        Map<String, String> shown = new TreeMap<>();
        for (JsonNode domain : LosslessJson.parse(list)) {
            String stream = domain.get("stream").textValue();
            shown.put(stream, said(cli.at(moment, at, "show", stream, "--output", "json")));
        }
        return shown;
    }

    private static void showsWhatXlListPrinted(Cli cli, Capture capture, Capture.Moment moment, String at)
            throws IOException {
        String name = capture.name() + "/" + moment.directory().getFileName();
        assertThat(moment.xlListings().isEmpty())
                .as("%s has no listing", name)
                .isEqualTo(WITHOUT_LISTINGS.contains(name));
        for (Path listing : moment.xlListings()) {
            String domid = listing.getFileName().toString().split("\\.")[1];
            JsonNode xl = LosslessJson.parse(Files.readString(listing));
            JsonNode ours = LosslessJson.parse(
                    cli.at(moment, at, "show", domid, "--output", "json").out());
            String expectation = XL_DIFFERS.getOrDefault(name + "/" + domid, "");
            if (expectation.equals("NOTHING")) {
                assertThat(xl).isEmpty();
            } else if (!expectation.isEmpty()) {
                assertThat(differences(ours, xl)).containsExactly(expectation);
            } else {
                assertThat(text(ours)).as("%s domid %s", moment, domid).isEqualTo(text(xl));
            }
        }
    }

    private static List<String> differences(JsonNode ours, JsonNode xl) {
        return TemplateDiff.between((ObjectNode) withoutScheduler(ours).get(0), (ObjectNode)
                        withoutScheduler(xl).get(0))
                .stream()
                .map(edit -> edit.op() + " " + edit.path().replace("/config", ""))
                .toList();
    }

    private static String text(JsonNode listing) {
        return LibxlStyle.print(withoutScheduler(listing));
    }

    /** Only the hypervisor knows the scheduler's parameters: what xl asked it for is left out of the comparison. */
    private static JsonNode withoutScheduler(JsonNode listing) {
        JsonNode copy = listing.deepCopy();
        copy.forEach(domain -> ((ObjectNode) domain.at("/config/b_info")).putObject("sched_params"));
        return copy;
    }
}
