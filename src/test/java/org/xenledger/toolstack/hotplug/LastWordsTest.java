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
    void whatItSaysIsBounded() {
        assertThat(LastWords.of("x".repeat(5000) + "end\n"))
                .hasSizeLessThan(310)
                .startsWith(": ...")
                .endsWith("xend");
        assertThat(LastWords.of(" \n\n")).isEmpty();
    }
}
