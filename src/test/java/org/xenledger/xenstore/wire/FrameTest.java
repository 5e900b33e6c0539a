// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FrameTest {
    @Test
    void aListIsSplitUpToAMillionStringsAndNoFurther() {
        String most = "a\0".repeat(Frame.MOST_STRINGS);
        assertThat(new Frame(MessageType.DIRECTORY.code(), 1, 0, most).strings())
                .hasSize(Frame.MOST_STRINGS);
        Frame more = new Frame(MessageType.DIRECTORY.code(), 1, 0, most + '\0');
        assertThatThrownBy(more::strings)
                .isInstanceOf(XenstoreException.class)
                .hasMessageContaining("more than 1048576 strings: check that the socket is xenstored's");
    }
}
