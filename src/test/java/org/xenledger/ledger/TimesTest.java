// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void theOrderOfTheTextsIsTheOrderOfTheMoments() {
        Instant second = Instant.parse("2026-03-01T10:00:00Z");
        List<Instant> moments =
                List.of(second.minusNanos(1), second, second.plusNanos(1), second.plusMillis(1), second.plusSeconds(1));
        List<String> texts = moments.stream().map(Times::text).toList();
        assertThat(texts).isSorted();
        assertThat(texts.stream().map(Times::parse).toList()).isEqualTo(moments);
    }
}
