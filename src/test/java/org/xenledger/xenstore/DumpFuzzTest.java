// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.xenledger.Soak;

class DumpFuzzTest {
    private static final int MANY = 500_000;

    private static final String LIKELY = "\n \"=:\\/(),.nrwb0179xa\0\u00ff";

    private static final List<String> DUMPS = forms();

    private int tries;

    @Property(tries = 2000)
    void aDamagedDumpGivesATreeOrOurError(@ForAll long seed) {
        readDamaged(new Random(seed));
    }

    /** The number of tries can be a constant only. */
    @Tag("soak")
    @Property(tries = MANY)
    void manyDamagedDumpsGiveATreeOrOurError(@ForAll long seed) {
        if (tries++ < Soak.rounds(MANY)) {
            readDamaged(new Random(seed));
        }
    }

    private static void readDamaged(Random random) {
        byte[] dump = DUMPS.get(random.nextInt(DUMPS.size())).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(8); i >= 0; i--) {
            dump = damage(dump, random);
        }
        read(dump);
    }

    @Property(tries = 1000)
    void randomBytesGiveATreeOrOurError(@ForAll byte[] dump) {
        read(dump);
    }

    @Property(tries = 1000)
    void likelyCharactersInAnyOrderGiveATreeOrOurError(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("a");
        random.ints(random.nextInt(60), 0, LIKELY.length()).forEach(c -> text.append(LIKELY.charAt(c)));
        read(text.append("\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void read(byte[] dump) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                assertThat(new DumpReader(ReadLimits.DEFAULT)
                                .read(new ByteArrayInputStream(dump))
                                .root()
                                .children())
                        .isNotEmpty();
            } catch (XenstoreFormatException e) {
                assertThat(e).hasMessageMatching("[ -~]+");
            }
        });
    }

    /** A byte changed, a piece removed, a piece doubled, or the end cut off. */
    private static byte[] damage(byte[] dump, Random random) {
        if (dump.length < 2) {
            return dump;
        }
        int from = random.nextInt(dump.length);
        int to = Math.min(dump.length, from + random.nextInt(100));
        String text = new String(dump, StandardCharsets.ISO_8859_1);
        return switch (random.nextInt(4)) {
            case 0 -> {
                byte[] changed = dump.clone();
                changed[from] = (byte) LIKELY.charAt(random.nextInt(LIKELY.length()));
                yield changed;
            }
            case 1 -> (text.substring(0, from) + text.substring(to)).getBytes(StandardCharsets.ISO_8859_1);
            case 2 -> (text.substring(0, to) + text.substring(from)).getBytes(StandardCharsets.ISO_8859_1);
            default -> Arrays.copyOf(dump, from);
        };
    }

    /** One real dump as each of the four forms would show it, and one with what is seldom. */
    private static List<String> forms() {
        String full;
        try (InputStream in = DumpFuzzTest.class.getResourceAsStream("xenstored-one-guest.txt")) {
            full = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String indented = full.lines().map(DumpFuzzTest::indented).collect(Collectors.joining("\n", "", "\n"));
        String seldom = "a = \"\"  . . . . .  (n0)\n b = \"x\\ny\"   (n0,r1)\n  c:\n  (n0)\nd = \"\\x1b\\...\"  (n0)\n";
        return List.of(full, withoutPermissions(full), indented, withoutPermissions(indented), seldom);
    }

    private static String indented(String line) {
        int end = line.indexOf(" = \"");
        int slash = line.lastIndexOf('/', end);
        long depth = line.substring(0, slash).chars().filter(c -> c == '/').count();
        return " ".repeat((int) depth) + line.substring(slash + 1);
    }

    private static String withoutPermissions(String dump) {
        return dump.replaceAll("(?m)\" *[ .]*  \\([^)\n]*\\)$", "\"");
    }

    @Example
    void undamagedEachFormIsTheSameTree() throws IOException {
        List<XenstoreTree> trees = new ArrayList<>();
        for (String dump : DUMPS.subList(0, 4)) {
            trees.add(new DumpReader(ReadLimits.DEFAULT)
                    .read(new ByteArrayInputStream(dump.getBytes(StandardCharsets.ISO_8859_1))));
        }
        assertThat(trees.get(2)).isEqualTo(trees.get(0));
        assertThat(trees.get(3)).isEqualTo(trees.get(1)).isNotEqualTo(trees.get(0));
    }
}
