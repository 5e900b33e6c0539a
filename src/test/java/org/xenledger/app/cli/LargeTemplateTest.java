// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The largest libxl-json that is read can be recorded, and another of that size after it. */
class LargeTemplateTest {
    private static final Capture CAPTURE = Capture.named("b-block-attach-detach");
    private static final String FILE = "userdata-d.1.5814e8a6-6120-43fd-bb68-051553960d55.libxl-json";
    private static final int MOST_BYTES = 128 << 10;

    @TempDir
    private Path directory;

    /** Each gives a JSON object of as many bytes, or one less; the text in it may be either of two. */
    interface Shape {
        String of(int bytes, boolean second);
    }

    static Stream<Named<Shape>> shapes() {
        return Stream.of(
                Named.of(
                        "one text, of whose characters each is escaped: two bytes become six",
                        (bytes, second) ->
                                "{\"a\":\"" + (second ? "\u00f6" : "\u00e4").repeat((bytes - 8) / 2) + "\"}"),
                Named.of(
                        "thousands of values, of which each changes",
                        (bytes, second) -> "{\"a\":[" + (second ? "1," : "2,").repeat((bytes - 9) / 2) + "0]}"),
                Named.of(
                        "the same in a place with a long name",
                        (bytes, second) -> many(
                                "{\"" + "\u00e4".repeat(20_000) + "\":{",
                                bytes,
                                i -> "\"" + i + "\":" + (second ? "1" : "2"))));
    }

    private static String many(String start, int bytes, IntFunction<String> entry) {
        StringBuilder text = new StringBuilder(start);
        int left = bytes - start.getBytes(UTF_8).length - 2;
        for (int i = 10_000; left > 8; i++) {
            text.append(i == 10_000 ? "" : ",").append(entry.apply(i));
            left -= entry.apply(i).length() + 1;
        }
        return text + "}}" + " ".repeat(left);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void isRecordedAndReplacedByAnother(Shape shape) throws IOException {
        Cli cli = new Cli(directory.resolve("ledger"));
        Path userdata = Files.createDirectory(directory.resolve("userdata"));
        for (boolean second : new boolean[] {false, true}) {
            String text = shape.of(MOST_BYTES, second);
            assertThat(text.getBytes(UTF_8)).hasSizeBetween(MOST_BYTES - 1, MOST_BYTES);
            Files.writeString(userdata.resolve(FILE), text);
            Cli.Result record = run(cli, userdata, "record", second);
            assertThat(record.err()).isEmpty();
            assertThat(record.out()).contains(second ? "TemplateEdited" : "TemplateFound");
        }
    }

    private Cli.Result run(Cli cli, Path userdata, String command, boolean second) {
        return cli.run(
                command,
                "--xenstore-dump",
                CAPTURE.before().xenstore().toString(),
                "--userdata",
                userdata.toString(),
                "--taken-at",
                second ? "2026-11-22T11:00:00Z" : "2026-11-22T10:00:00Z");
    }
}
