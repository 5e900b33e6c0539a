// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceKeyTest {
    private static final DeviceKey DISK = new DeviceKey(DeviceKind.VBD, 51712);
    private static final DeviceKey OTHER_DISK = new DeviceKey(DeviceKind.VBD, 51728);
    private static final DeviceKey NIC = new DeviceKey(DeviceKind.VIF, 0);

    @Property
    void aKeyIsReadBackFromItsText(@ForAll DeviceKind kind, @ForAll @IntRange int id) {
        DeviceKey key = new DeviceKey(kind, id);
        assertThat(DeviceKey.parse(key.toString())).isEqualTo(key);
    }

    @Test
    void aKeyIsWrittenAsItsPathInXenstore() {
        assertThat(DISK).hasToString("vbd/51712");
        assertThat(new DeviceKey(DeviceKind.NINE_PFS, 3)).hasToString("9pfs/3");
    }

    @Test
    void onlyADiskIsDisplayedWithItsVdev() {
        assertThat(DISK.display()).isEqualTo("vbd/51712 (xvda)");
        assertThat(NIC.display()).isEqualTo("vif/0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "vbd",
                "vbd/",
                "/51712",
                "VBD/51712",
                "cdrom/1",
                "vbd/x",
                "vbd/-1",
                "vbd/2147483648",
                "vbd/99999999999999999999",
                "vbd/51712/0",
                "vbd/ 1",
                "vbd/1 ",
            })
    void whatIsNoDeviceIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DeviceKey.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vif/+0", "vif/-0", "vif/00", "vif/007", "vif/\u0660"})
    void aNumberThatXenstoreHasUnderAnotherNameIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceKey.parse(text))
                .withMessage("not a device: " + text);
    }

    @Test
    void aNegativeNumberIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceKey(DeviceKind.VIF, -1));
    }

    @Test
    void keysAreOrderedByKindAndThenByNumber() {
        assertThat(new TreeSet<>(List.of(NIC, OTHER_DISK, DISK))).containsExactly(DISK, OTHER_DISK, NIC);
    }

    @ParameterizedTest
    @EnumSource
    void aKindIsFoundByItsNodeAndByNothingElse(DeviceKind kind) {
        assertThat(DeviceKind.ofNode(kind.node())).contains(kind);
        assertThat(DeviceKind.ofNode(kind.name())).isEmpty();
        assertThat(DeviceKind.ofNode(kind.node() + "s")).isEmpty();
    }
}
