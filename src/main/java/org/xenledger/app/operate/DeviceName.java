// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.xenledger.app.UsageException;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.Vdev;

/**
 * A device that is there, as {@code xl block-detach} and {@code xl network-detach} take it: a disk by its vdev or number, a
 * nic by its devid or address.
 */
public record DeviceName(DeviceKind kind, String text) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** The device of this guest that is meant. */
    DeviceKey in(Guest guest) {
        if (kind == DeviceKind.VBD) {
            OptionalInt number = Vdev.numberOf(text);
            return new DeviceKey(
                    kind,
                    number.orElseThrow(() -> new UsageException(
                            "\"" + text + "\" is no disk that a guest can have: give one such as xvdb")));
        }
        if (NUMBER.matcher(text).matches()) {
            return new DeviceKey(kind, Integer.parseInt(text));
        }
        String mac = text.toLowerCase(Locale.ROOT);
        return guest.view().live().devices().values().stream()
                .filter(seen -> seen.key().kind() == kind)
                .filter(seen ->
                        mac.equals(seen.attributes().getOrDefault("mac", "").toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new OperationException(guest.name() + " has no nic with the address " + text
                        + ": give its number, as `xl network-list` shows it"))
                .key();
    }
}
