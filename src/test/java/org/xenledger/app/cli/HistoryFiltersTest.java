// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenledger.domain.template.LosslessJson;

/** What each filter of {@code history} lets through, on a guest in which two looks saw a disk come and its template change. */
class HistoryFiltersTest {
    private static final Capture CAPTURE = Capture.named("e3-detach-kill-after-state5");
    private static final String BEFORE = "2026-11-22T10:00:00Z";
    private static final String AFTER = "2026-11-22T11:00:00Z";
    private static final String LAST = "10 TemplateEdited,11 DeviceAppeared";

    @TempDir
    private static Path directory;

    private static Cli cli;

    @BeforeAll
    static void record() {
        cli = new Cli(directory.resolve("ledger"));
        assertThat(cli.at(CAPTURE.before(), BEFORE, "record").status()).isZero();
        assertThat(cli.at(CAPTURE.after(), AFTER, "record").status()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--device xvdh                 | 11 DeviceAppeared",
                "--device vbd/51824            | 11 DeviceAppeared",
                "--device vbd/51840            | ''",
                "--operation 5814e8a6-7        | 11 DeviceAppeared",
                "--operation 5814e8a6-99       | ''",
                "--actor others --since " + AFTER + " | " + LAST,
                "--actor root                  | ''",
                "--since " + AFTER + "         | " + LAST,
                "--since 2026-11-22T11:00:01Z  | ''",
                "--until 2026-11-22T09:59:59Z  | ''",
                "--since " + BEFORE + " --until 2026-11-22T10:59:59Z --device vif/0 | 5 DeviceAppeared",
                "--until " + AFTER + " --since 2026-11-22T10:00:01Z | " + LAST
            })
    void letsThroughOnlyWhatIsAskedFor(String filter, String expected) {
        assertThat(String.join(",", history())).endsWith("," + LAST);
        assertThat(String.join(",", history(filter.split(" ")))).isEqualTo(expected);
    }

    private static List<String> history(String... filter) {
        List<String> arguments = new ArrayList<>(List.of("history", "guest1", "--output", "json"));
        arguments.addAll(List.of(filter));
        Cli.Result result = cli.run(arguments.toArray(String[]::new));
        assertThat(result.status()).as(result.err()).isZero();
        Stream<JsonNode> events =
                StreamSupport.stream(LosslessJson.parse(result.out()).spliterator(), false);
        return events.map(event ->
                        event.get("position").asText() + " " + event.get("kind").textValue())
                .toList();
    }
}
