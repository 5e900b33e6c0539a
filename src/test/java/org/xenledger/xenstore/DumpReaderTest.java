// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.xenstore.wire.XenstorePermission;

class DumpReaderTest {
    @ParameterizedTest
    @CsvSource({
        "oxenstored-one-guest.txt, 212, 1",
        "xenstored-one-guest.txt, 210, 1",
        "libxl-of-24-guests.txt, 553, 10",
    })
    void dumpsOfRealHostsGiveEachLineAsANode(String file, int lines, int domid) throws IOException {
        try (InputStream in = getClass().getResourceAsStream(file)) {
            XenstoreTree tree = new DumpReader(ReadLimits.DEFAULT).read(in);
            assertThat(tree.whole()).isTrue();
            assertThat(count(tree.root())).isEqualTo(lines + 1);
            assertThat(tree.value("/libxl/" + domid + "/device/vbd/51712/frontend"))
                    .contains("/local/domain/" + domid + "/device/vbd/51712");
        }
    }

    @Test
    void valuesKeepQuotesAndEscapedBytes() {
        XenstoreTree tree = read("""
                /a = "say "x" (n0)"
                /a/b = "\\t\\n\\r\\\\\\000\\007\\x08\\x1b\\xff"
                /a/c = ""
                """);
        assertThat(tree.value("/a")).contains("say \"x\" (n0)");
        assertThat(tree.value("/a/b")).contains("\t\n\r\\\0\u0007\b\u001b\u00ff");
        assertThat(tree.value("/a/c")).contains("");
        assertThat(tree.value("/a/d")).isEmpty();
        assertThat(tree.children("/a")).extracting(XenstoreNode::name).containsExactly("b", "c");
        assertThat(tree.find("/a/c").orElseThrow().permissions()).isEmpty();
    }

    @Test
    void permissionsAreReadWithTheFillerBeforeThem() {
        XenstoreTree tree = read("""
                a = "x"  (n0)"  . . . . . . . . . . .  (n0,r1,b-1)
                 b = ""   (w32752)
                """);
        assertThat(tree.value("/a")).contains("x\"  (n0)");
        assertThat(tree.find("/a").orElseThrow().permissions().orElseThrow())
                .containsExactly(
                        new XenstorePermission('n', 0),
                        new XenstorePermission('r', 1),
                        new XenstorePermission('b', -1));
        assertThat(tree.find("/a/b").orElseThrow().permissions().orElseThrow()).hasToString("[w32752]");
    }

    @Test
    void theFormWithoutPathsIsNestedByIndentation() {
        XenstoreTree tree = read("a = \"\"\n b = \"\"\n  c = \"1\"\n d = \"2\"\ne = \"3\"\n");
        assertThat(tree.value("/a/b/c")).contains("1");
        assertThat(tree.value("/a/d")).contains("2");
        assertThat(tree.value("/e")).contains("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "a\\", "a\\x4", "a\\0", "a\\00"})
    void aValueCutByTheTerminalIsAGapAlsoWhenCutWithinAnEscape(String shown) {
        XenstoreTree tree = read("a = \"" + shown + "\\...\"\nb = \"\"\n");
        assertThat(tree.gaps()).containsExactly(new Gap("/a", Gap.Reason.CUT));
        assertThat(tree.value("/a").orElseThrow()).isIn("", "a", "ab");
        assertThat(tree.wholeAt("/b")).isTrue();
    }

    @Test
    void aNameThatEndsWhereTheTerminalCutsIsAGap() {
        assertThat(read("n".repeat(72) + " = \"\"\n").gaps())
                .extracting(Gap::reason)
                .containsExactly(Gap.Reason.CUT);
    }

    @Test
    void aNodeThatVanishedWhileItWasPrintedIsAGap() {
        for (String rest : List.of("\n", "  (n0)\n")) {
            XenstoreTree tree = read("/a = \"\"\n/a/b:\n" + rest + "/c = \"\"\n");
            assertThat(tree.gaps()).containsExactly(new Gap("/a/b", Gap.Reason.UNREADABLE));
            assertThat(tree.find("/c")).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a = \"\\q\"~ | line 1 of the xenstore dump holds an escape",
                "/a = \"\"~/a = \"\"~ | line 2 of the xenstore dump names a node that came before",
                "a = \"\"~a = \"\"~ | line 2 of the xenstore dump names a node that came before",
                "/a = \"\"~/b/c = \"\"~ | line 2 of the xenstore dump names a node whose parent",
                "/a = \"\"~b = \"\"~ | line 2 of the xenstore dump does not begin with a path",
                "/a//b = \"\"~ | line 1 of the xenstore dump does not begin with a path",
                "a = \"\"~  b = \"\"~ | line 2 of the xenstore dump is indented deeper",
                "a.b = \"\"~ | line 1 of the xenstore dump does not begin with a name",
                "a = \"\"~~ | line 2 of the xenstore dump is not what xenstore-ls prints",
                "a = \"x~ | line 1 of the xenstore dump is not what xenstore-ls prints",
                "a = \"\"   (n0,q1)~ | line 1 of the xenstore dump is not what xenstore-ls prints",
                "a = \"\" rubbish  (n0)~ | line 1 of the xenstore dump is not what xenstore-ls prints",
                "a:~b = \"\"~ | line 2 of the xenstore dump should be empty",
                "a = \"\"~b = \"\" | line 2 of the xenstore dump has no end",
                "{ \"json\": 1 }~ | line 1 of the xenstore dump is not what xenstore-ls prints",
                "'' | the xenstore dump holds no xenstore nodes",
            })
    void whatXenstoreLsNeverPrintsIsRefusedWithItsLine(String text, String message) {
        assertThatThrownBy(() -> read(text.replace('~', '\n')))
                .isInstanceOf(XenstoreFormatException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void binaryRubbishIsRefused() {
        assertThatThrownBy(() -> read("\u007fELF\u0002\u0001\u0001\0")).hasMessageContaining("line 1", "the byte 0x7f");
    }

    @Test
    void aLineWithoutEndIsRefusedBeforeItIsAllRead() {
        AtomicInteger pieces = new AtomicInteger();
        assertThatThrownBy(() -> new DumpReader(ReadLimits.DEFAULT).read(new PiecesStream(i -> {
                    pieces.set(i);
                    return "a".repeat(1000);
                })))
                .isInstanceOf(XenstoreFormatException.class)
                .hasMessageContaining("longer than " + DumpReader.MAX_LINE);
        assertThat(pieces).hasValueLessThan(10 * DumpReader.MAX_LINE / 1000);
    }

    @Test
    void aDumpWithoutEndIsRefusedAndWhatExceedsTheLimitsTakesNoMemory() {
        String value = "x".repeat(60_000);
        assertThatThrownBy(() -> new DumpReader(limits(5_000, 1 << 20))
                        .read(new PiecesStream(i -> "/n" + i + " = \"" + value + "\"\n")))
                .isInstanceOf(XenstoreFormatException.class)
                .hasMessageContaining("beyond " + DumpReader.MAX_BYTES);
    }

    @Test
    void oneHundredMegabytesOfSmallNodesAreBoundedByTheirNumber() throws IOException {
        XenstoreTree tree = new DumpReader(ReadLimits.DEFAULT)
                .read(new PiecesStream(i -> i < 2_000_000 ? "/n" + i + " = \"" + "x".repeat(40) + "\"\n" : ""));
        assertThat(tree.gaps()).containsExactly(new Gap("/", Gap.Reason.CHILDREN));
        assertThat(tree.root().children()).hasSize(ReadLimits.DEFAULT.children());
    }

    @Test
    void moreNodesAndBytesThanTheLimitsAreGaps() {
        String dump = "a = \"" + "x".repeat(50) + "\"\n" + " n = \"\"\nb = \"\"\n c = \"\"\n";
        assertThat(read(dump, limits(3, 1000)).gaps()).containsExactly(new Gap("/b", Gap.Reason.NODES));
        assertThat(read(dump, limits(10, 40)).gaps()).containsExactly(new Gap("/a", Gap.Reason.BYTES));
    }

    @Test
    void oneHundredThousandLevelsAreRefusedAndThousandsAreAGap() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThatThrownBy(() -> read(nested(100_000))).isInstanceOf(XenstoreFormatException.class);
            assertThat(read(nested(1500)).gaps()).contains(new Gap("/a".repeat(128), Gap.Reason.DEPTH));
        });
    }

    private static String nested(int levels) {
        StringBuilder dump = new StringBuilder();
        for (int i = 0; i < levels && dump.length() < 100_000_000; i++) {
            dump.append(" ".repeat(i)).append("a = \"\"\n");
        }
        return dump.toString();
    }

    private static ReadLimits limits(int nodes, long bytes) {
        return new ReadLimits(nodes, bytes, 128, 100, Duration.ofSeconds(1));
    }

    private static int count(XenstoreNode node) {
        return 1 + node.children().stream().mapToInt(DumpReaderTest::count).sum();
    }

    private static XenstoreTree read(String dump) {
        return read(dump, ReadLimits.DEFAULT);
    }

    private static XenstoreTree read(String dump, ReadLimits limits) {
        try {
            return new DumpReader(limits).read(new ByteArrayInputStream(dump.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
