// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real libxl wrote is read and printed without the change of a byte. */
class CapturedTemplatesTest {
    private static final Path CAPTURES = Path.of("src/test/resources/captures");
    private static final String END_OF_USERDATA = "\n\0";
    private static final String END_OF_LIST = "\n\n";

    @ParameterizedTest
    @MethodSource
    void everyCapturedLibxlJsonIsPrintedByteForByte(Path file) throws IOException {
        assertThat(printed(file, END_OF_USERDATA)).isEqualTo(Files.readAllBytes(file));
    }

    static List<Path> everyCapturedLibxlJsonIsPrintedByteForByte() throws IOException {
        return captured("glob:**/userdata/*.libxl-json");
    }

    @ParameterizedTest
    @MethodSource
    void everyCapturedListingIsPrintedByteForByte(Path file) throws IOException {
        assertThat(printed(file, END_OF_LIST)).isEqualTo(Files.readAllBytes(file));
    }

    static List<Path> everyCapturedListingIsPrintedByteForByte() throws IOException {
        return captured("glob:**/xl-list-l.*.json");
    }

    @Test
    void thereAreCapturesOfBothKinds() throws IOException {
        assertThat(everyCapturedLibxlJsonIsPrintedByteForByte()).hasSizeGreaterThan(200);
        assertThat(everyCapturedListingIsPrintedByteForByte()).hasSizeGreaterThan(100);
    }

    @Test
    void theEditsBetweenAnyTwoCapturedTemplatesLeadFromOneToTheOther() throws IOException {
        List<Path> files = everyCapturedLibxlJsonIsPrintedByteForByte();
        for (int i = 1; i < files.size(); i++) {
            var before = Trees.object(text(files.get(i - 1), END_OF_USERDATA));
            var after = Trees.object(text(files.get(i), END_OF_USERDATA));
            var folded = TemplatePatch.apply(before, TemplateDiff.between(before, after));
            assertThat(LibxlStyle.print(folded)).as("%s", files.get(i)).isEqualTo(LibxlStyle.print(after));
        }
    }

    private static byte[] printed(Path file, String end) {
        return (LibxlStyle.print(LosslessJson.parse(text(file, end))) + end).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Path file, String end) {
        try {
            String text = Files.readString(file);
            assertThat(text).endsWith(end);
            return text.substring(0, text.length() - end.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> captured(String glob) throws IOException {
        var matcher = CAPTURES.getFileSystem().getPathMatcher(glob);
        try (Stream<Path> files = Files.walk(CAPTURES)) {
            return files.filter(matcher::matches).sorted().toList();
        }
    }
}
