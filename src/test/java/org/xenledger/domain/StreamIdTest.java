// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamIdTest {
    private static final String LOWER = "5814e8a6-6120-43fd-bb68-051553960d55";
    private static final String UPPER = "5814E8A6-6120-43FD-BB68-051553960D55";

    @Test
    void aUuidInUpperCaseIsTheSameStream() {
        assertThat(StreamId.ofUuid(UPPER)).isEqualTo(StreamId.ofUuid(LOWER)).hasToString(LOWER);
        assertThat(new StreamId(UPPER)).isEqualTo(new StreamId(LOWER)).hasToString(LOWER);
    }

    @Test
    void aHostKeepsTheCaseOfItsName() {
        assertThat(StreamId.ofHost("Xen1").value()).isEqualTo("host:Xen1");
        assertThat(StreamId.ofHost("Xen1").isHost()).isTrue();
        assertThat(StreamId.ofUuid(LOWER).isHost()).isFalse();
    }

    @Test
    void theShortFormIsTheHeadOfAUuidOrTheNameOfAHost() {
        assertThat(StreamId.ofUuid(LOWER).abbreviated()).isEqualTo("5814e8a6");
        assertThat(StreamId.ofHost("a-long-host-name").abbreviated()).isEqualTo("a-long-host-name");
    }

    @Test
    void streamsAreOrderedByTheirText() {
        assertThat(StreamId.ofUuid(LOWER)).isLessThan(StreamId.ofHost("xen1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "guest1",
                "5814e8a6",
                "5814e8a6612043fdbb68051553960d55",
                "5814e8a6-6120-43fd-bb68-051553960d5",
                "5814e8a6-6120-43fd-bb68-051553960d555",
                "5814e8a6-6120-43fd-bb68-051553960d5g",
                "5814e8a6_6120_43fd_bb68_051553960d55",
                "Host:xen1",
            })
    void whatIsNeitherAUuidNorAHostIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new StreamId(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "15814e8a6-6120-43fd-bb68-51553960d55",
                "5814e8a6-16120-43fd-bb68-51553960d55",
                "+814e8a6-6120-43fd-bb68-051553960d55",
                "5814e8a6-6120-43fd-bb68-+51553960d55",
            })
    void aTextThatJavaWouldBendIntoAnotherUuidIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamId(text))
                .withMessage("not a uuid: " + text);
    }
}
