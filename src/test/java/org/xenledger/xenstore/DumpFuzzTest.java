// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DumpFuzzTest {
    private static final String LIKELY = "\n \"=:\\/(),.nrwb0179xa\0\u00ff";

    @Property(tries = 2000)
    void aDamagedDumpGivesATreeOrOurError(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int damages)
            throws IOException {
        Random random = new Random(seed);
        byte[] dump = real(random.nextBoolean());
        for (int i = 0; i < damages; i++) {
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

    private static byte[] real(boolean fullPaths) throws IOException {
        if (!fullPaths) {
            return "a = \"\"  . . . . .  (n0)\n b = \"x\\ny\"   (n0,r1)\n  c:\n  (n0)\nd = \"\\x1b\\...\"  (n0)\n"
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
        try (InputStream in = DumpFuzzTest.class.getResourceAsStream("xenstored-one-guest.txt")) {
            return in.readAllBytes();
        }
    }
}
