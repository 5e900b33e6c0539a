// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealMarkTest {
    private static final SealMark SMALL =
            new SealMark(UUID.fromString("00000000-0000-0000-0000-000000000001"), 1, 2, new byte[32]);
    private static final SealMark LARGE = new SealMark(
            UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff"), Long.MAX_VALUE, Long.MAX_VALUE, ones());

    @TempDir
    Path temp;

    @Test
    void everyMarkHasTheSameLength() {
        assertThat(SMALL.bytes()).hasSize(SealMark.LENGTH);
        assertThat(LARGE.bytes()).hasSize(SealMark.LENGTH);
    }

    @Test
    void aWholeMarkIsReadAsItWasWritten() throws Exception {
        for (SealMark mark : new SealMark[] {SMALL, LARGE}) {
            SealMark read = SealMark.read(Files.write(temp.resolve("mark"), mark.bytes()))
                    .orElseThrow();
            assertThat(read).usingRecursiveComparison().isEqualTo(mark);
        }
    }

    @Test
    void oneThatIsCutOffAnywhereIsNone() {
        for (int length = 0; length < SealMark.LENGTH; length++) {
            assertThat(SealMark.parse(Arrays.copyOf(LARGE.bytes(), length))).isEmpty();
        }
    }

    @Test
    void oneWithAChangedByteIsNone() {
        for (int at = 0; at < SealMark.LENGTH; at++) {
            for (char other : "0123456789abcdef \0".toCharArray()) {
                byte[] changed = SMALL.bytes();
                if (changed[at] != (byte) other) {
                    changed[at] = (byte) other;
                    assertThat(SealMark.parse(changed))
                            .as(new String(changed, US_ASCII))
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void oneThatIsHalfOldAndHalfNewIsNone() {
        SealMark next = new SealMark(SMALL.store(), 2, 3, ones());
        for (int at = 100; at < SealMark.LENGTH - 1; at++) {
            byte[] torn = SMALL.bytes();
            System.arraycopy(next.bytes(), 0, torn, 0, at);
            assertThat(SealMark.parse(torn)).isEmpty();
        }
    }

    private static byte[] ones() {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) -1);
        return bytes;
    }
}
