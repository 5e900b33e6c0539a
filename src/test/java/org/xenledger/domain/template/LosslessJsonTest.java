// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LosslessJsonTest {
    private static final int TRIES = 300;

    @Provide
    Arbitrary<JsonNode> trees() {
        return Trees.trees();
    }

    @Provide
    Arbitrary<String> numbers() {
        return Trees.numbers();
    }

    @Property(tries = TRIES)
    void whatIsPrintedIsReadBackAndPrintedTheSame(@ForAll("trees") JsonNode tree) {
        String text = LibxlStyle.print(tree);
        JsonNode read = LosslessJson.parse(text);
        assertThat(LibxlStyle.print(read)).isEqualTo(text);
        assertThat(read).isEqualTo(tree);
    }

    @Property
    void aNumberKeepsItsText(@ForAll("numbers") String number) {
        assertThat(LibxlStyle.print(LosslessJson.parse(number))).isEqualTo(number);
    }

    @Test
    void aNumberOfTheLongestLengthKeepsItsText() {
        String number = "9".repeat(1000);
        assertThat(LibxlStyle.print(LosslessJson.parse(number))).isEqualTo(number);
        assertMalformed(number + "9");
    }

    @Test
    void anIntegerIsTheSameNodeHoweverItIsMade() {
        assertThat(LosslessJson.parse("51712")).isEqualTo(LosslessJson.number(51712));
        assertThat(LosslessJson.parse("4294967295")).isEqualTo(LosslessJson.number(4294967295L));
    }

    @Test
    void anIntegerOfNineteenDigitsKeepsItsValueAsALong() {
        assertThat(LosslessJson.parse("9223372036854775807").longValue()).isEqualTo(Long.MAX_VALUE);
        assertThat(LosslessJson.parse("1234567890123456789").longValue()).isEqualTo(1234567890123456789L);
    }

    @ParameterizedTest
    @CsvSource({
        "18446744073709551615, 9223372036854775807",
        "-1E+400, -9223372036854775808",
        "1e99999999999, 9223372036854775807",
        "1e-99999999999, 0",
        "-0, 0",
        "1e3, 1000",
        "1.99, 1",
    })
    void aNumberThatIsNoLongHasTheNearestOneTowardsZero(String number, long value) {
        assertThat(LosslessJson.parse(number).longValue()).isEqualTo(value);
    }

    @Test
    void twoFormsOfOneNumberAreDifferent() {
        assertThat(LosslessJson.parse("1.50")).isNotEqualTo(LosslessJson.parse("1.5"));
        assertThat(LosslessJson.parse("-0")).isNotEqualTo(LosslessJson.parse("0"));
    }

    @Test
    void theOrderOfKeysIsKept() {
        assertThat(LosslessJson.parse("{\"z\":1,\"a\":2,\"m\":3}").fieldNames())
                .toIterable()
                .containsExactly("z", "a", "m");
    }

    @Test
    void everyEscapeIsReadAndWrittenAsLibxlDoes() {
        JsonNode read = LosslessJson.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u001f\\u00e4\\ud83d\\ude00\"");
        assertThat(read.textValue()).isEqualTo("\"\\/\b\f\n\r\t\u001f\u00e4\ud83d\ude00");
        assertThat(LibxlStyle.print(read)).isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u001F\u00e4\ud83d\ude00\"");
    }

    @Test
    void emptyContainersHaveAnEmptyLineInside() {
        assertThat(LibxlStyle.print(LosslessJson.parse("{\"a\":[],\"b\":{}}")))
                .isEqualTo("{\n    \"a\": [\n\n    ],\n    \"b\": {\n\n    }\n}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"b\":2,\"a\":null}",
                "[{\"x\":{\"\":0,\"\":0}}]",
                "{\"a\":1,\"\\u0061\":2}"
            })
    void aKeyThatStandsTwiceIsRefused(String text) {
        assertMalformed(text);
    }

    @Test
    void oneKeyMayStandInSeveralObjects() {
        assertThatCode(() -> LosslessJson.parse("[{\"a\":{\"a\":1}},{\"a\":2}]"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "[]]", "{}}", "1 2", "{}x", "{}\u0000", "{},", "\"a\"\"b\"", "[]//"})
    void whatFollowsTheEndIsRefused(String text) {
        assertMalformed(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t\r\n", "\u0000"})
    void anEmptyOrBlankTextIsRefused(String text) {
        assertMalformed(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[",
                "]",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\":1,}",
                "01",
                "-",
                "+1",
                ".5",
                "1.",
                "1e",
                "0x10",
                "NaN",
                "Infinity",
                "tru",
                "nul",
                "True",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\n\"",
                "\"\u0000\"",
                "/* */1",
                "# a",
                "\ufeff{}"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertMalformed(text);
    }

    @Property(tries = 64)
    void aTextWithinTheDepthLimitIsReadAndPrinted(@ForAll @IntRange(min = 1, max = LosslessJson.MAX_DEPTH) int depth) {
        String arrays = LibxlStyle.print(LosslessJson.parse(nested("[", depth, "]")));
        assertThat(LibxlStyle.print(LosslessJson.parse(arrays))).isEqualTo(arrays);
        assertThatCode(() -> LosslessJson.parse(nested("{\"a\":", depth, "}"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {LosslessJson.MAX_DEPTH + 1, 100, 1001, 1_000_000})
    void aTextBeyondTheDepthLimitIsRefused(int depth) {
        assertMalformed(nested("[", depth, "]"));
        assertMalformed(nested("{\"a\":", depth, "}"));
        assertMalformed("[".repeat(depth));
    }

    @Property
    void noTextMakesTheReaderFailInAnotherWay(
            @ForAll @Chars({'{', '}', '[', ']', '"', ':', ',', '1', '0', '-', '.', 'e', 'a', '\\', 'u', ' ', '\0'})
                    String text) {
        assertReadOrMalformed(text);
    }

    @Property(tries = TRIES)
    void noDamageToATextMakesTheReaderFailInAnotherWay(
            @ForAll("trees") JsonNode tree, @ForAll @IntRange int place, @ForAll char other) {
        String text = LibxlStyle.print(tree);
        int at = place % text.length();
        assertReadOrMalformed(text.substring(0, at));
        assertReadOrMalformed(text.substring(at));
        assertReadOrMalformed(text.substring(0, at) + other + text.substring(at + 1));
        assertReadOrMalformed(text.substring(0, at) + text.substring(at + 1));
    }

    @Test
    void theMessageSaysInWhichLine() {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> LosslessJson.parse("{\n\"a\": 1,\n\"b\": x\n}"))
                .withMessageStartingWith("line 3: ");
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> LosslessJson.parse("{\n}\n[]"))
                .withMessageContaining("in line 3");
    }

    private static String nested(String open, int depth, String close) {
        return open.repeat(depth) + (open.endsWith(":") ? "1" : "") + close.repeat(depth);
    }

    private static void assertMalformed(String text) {
        assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> LosslessJson.parse(text));
    }

    private static void assertReadOrMalformed(String text) {
        try {
            assertThat(LosslessJson.parse(text)).isNotNull();
        } catch (MalformedJsonException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
