// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class TimesTest {
    @Example
    void theOrderOfTheTextsIsTheOrderOfTheMoments() {
        Instant second = Instant.parse("2026-03-01T10:00:00Z");
        List<Instant> moments =
                List.of(second.minusNanos(1), second, second.plusNanos(1), second.plusMillis(1), second.plusSeconds(1));
        List<String> texts = moments.stream().map(Times::text).toList();
        assertThat(texts).isSorted();
        assertThat(texts.stream().map(Times::parse).toList()).isEqualTo(moments);
    }

    @Property
    void everyMomentIsReadBack(
            @ForAll @LongRange(min = -100_000_000_000L, max = 400_000_000_000L) long second,
            @ForAll @IntRange(max = 999_999_999) int nanos,
            @ForAll @IntRange(max = 9) int zeros) {
        int round = (int) Math.pow(10, zeros);
        Instant moment = Instant.ofEpochSecond(second, nanos - nanos % round);
        assertThat(Times.parse(moment.toString())).isEqualTo(moment);
    }

    @Property
    void aTextWithOneCharacterChangedIsReadAsJavaReadsIt(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second,
            @ForAll @IntRange(max = 999_999_999) int nanos,
            @ForAll @IntRange(max = 29) int at,
            @ForAll @IntRange(min = ' ', max = 'z') int character) {
        StringBuilder text =
                new StringBuilder(Instant.ofEpochSecond(second, nanos).toString());
        text.setCharAt(at % text.length(), (char) character);
        readAsJavaReadsIt(text.toString());
    }

    @Example
    void whatIsNotPlainIsReadAsJavaReadsIt() {
        List.of(
                        "2026-03-01T24:00:00Z",
                        "2026-02-29T10:00:00Z",
                        "2024-02-29T10:00:00Z",
                        "2026-12-31T23:59:60Z",
                        "2026-03-01T10:00Z",
                        "2026-03-01T10:00:00.Z",
                        "2026-03-01T10:00:00.1234567890Z",
                        "2026-03-01T10:00:00.5z",
                        "2026-03-01T10:00:00",
                        "+12026-03-01T10:00:00Z",
                        "Z",
                        "")
                .forEach(TimesTest::readAsJavaReadsIt);
    }

    private static void readAsJavaReadsIt(String text) {
        Instant moment;
        try {
            moment = Instant.parse(text);
        } catch (DateTimeParseException e) {
            assertThatThrownBy(() -> Times.parse(text)).hasMessage(e.getMessage());
            return;
        }
        assertThat(Times.parse(text)).as(text).isEqualTo(moment);
    }
}
