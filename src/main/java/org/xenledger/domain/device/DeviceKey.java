// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A device of one incarnation: kind and number, as in {@code /libxl/<d>/device/<kind>/<id>}.
 *
 * @param id the number in xenstore, 0 to 2^31-1
 */
public record DeviceKey(DeviceKind kind, int id) implements Comparable<DeviceKey> {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,9}");

    public DeviceKey {
        if (id < 0) {
            throw new IllegalArgumentException("a device's number is not negative: " + id);
        }
    }

    /**
     * Reads {@code vbd/51712}.
     *
     * @throws IllegalArgumentException also for other spellings of a number ({@code vif/00}): xenstore keeps them apart
     */
    public static DeviceKey parse(String text) {
        int slash = text.indexOf('/');
        Optional<DeviceKind> kind = DeviceKind.ofNode(text.substring(0, Math.max(slash, 0)));
        String number = text.substring(slash + 1);
        if (kind.isEmpty() || !NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException("not a device: " + text);
        }
        return new DeviceKey(kind.get(), Integer.parseInt(number));
    }

    /** The name that people use: a disk's vdev beside its number where it has one, else kind and number. */
    public String display() {
        String vdev = kind == DeviceKind.VBD ? Vdev.nameOf(id) : "";
        boolean hasName = Vdev.numberOf(vdev).equals(OptionalInt.of(id));
        return hasName ? this + " (" + vdev + ")" : toString();
    }

    @Override
    public int compareTo(DeviceKey other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : Integer.compare(id, other.id);
    }

    @Override
    public String toString() {
        return kind.node() + "/" + id;
    }
}
