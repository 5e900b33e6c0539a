// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastWordsTest {
    @Test
    void theLastLinesAreKeptWithoutTheirPlaceInTheSource() {
        assertThat(LastWords.of("""
                        Parsing config from xl.conf
                        libxl: error: libxl_exec.c:117:libxl_report_child_exitstatus: /x/block add [7] exited with error status 1
                        libxl: error: libxl_device.c:1481:device_addrm_aocomplete: Domain 1:Unable to add vbd with id 51744

                        libxl_device_disk_add failed.
                        """))
                .isEqualTo(": /x/block add [7] exited with error status 1; Domain 1:Unable to add vbd with id 51744;"
                        + " libxl_device_disk_add failed.");
    }

    @Test
    void whatItSaysIsBoundedAndHasNoControlCharacters() {
        String words = LastWords.of("\u001b[31m" + "x".repeat(5000) + "\u0007end\u009b\n");
        assertThat(words).hasSizeLessThan(310).startsWith(": ...").endsWith("x\\x07end\\x9b");
        assertThat(LastWords.of("\u001b[31mred")).isEqualTo(": \\x1b[31mred");
        assertThat(LastWords.of(" \n\n")).isEmpty();
    }
}
