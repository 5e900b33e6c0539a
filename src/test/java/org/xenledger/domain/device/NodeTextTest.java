// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, UNKNOWN",
        "1, INITIALISING",
        "2, INIT_WAIT",
        "3, INITIALISED",
        "4, CONNECTED",
        "5, CLOSING",
        "6, CLOSED",
        "7, RECONFIGURING",
        "8, RECONFIGURED",
    })
    void everyXenbusNumberIsItsState(String text, XenbusState state) {
        assertThat(XenbusState.ofText(text)).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource
    void aXenbusStateShowsItsNumberAndItsWord(XenbusState state) {
        assertThat(state).hasToString(state.number() + " " + state.word());
        assertThat(XenbusState.ofText(Integer.toString(state.number()))).isEqualTo(state);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {"9", "-1", "10", "44", "04", "4 ", " 4", "4\n", "x", "/", ":", "\u0664", "\u0000", "connected"})
    void aMissingOrForeignXenbusTextIsUnknown(String text) {
        assertThat(XenbusState.ofText(text)).isEqualTo(XenbusState.UNKNOWN);
    }

    @Test
    void onlineIsOneOrZero() {
        assertThat(Online.ofText("1")).isEqualTo(Online.YES);
        assertThat(Online.ofText("0")).isEqualTo(Online.NO);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"2", "01", "00", "-0", "1 ", " 0", "yes", "\u0661"})
    void aMissingOrForeignOnlineTextIsAbsent(String text) {
        assertThat(Online.ofText(text)).isEqualTo(Online.ABSENT);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void aScriptWithoutAStatusHasNotReported(String text) {
        assertThat(ScriptStatus.ofText(text)).isEqualTo(ScriptStatus.NOT_REPORTED);
    }

    @Test
    void aScriptThatSaysConnectedSucceeded() {
        assertThat(ScriptStatus.ofText("connected")).isEqualTo(ScriptStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "busy", "Connected", "connected ", " ", "1", "\u0000"})
    void aScriptThatSaysAnythingElseFailed(String text) {
        assertThat(ScriptStatus.ofText(text)).isEqualTo(ScriptStatus.FAILED);
    }
}
