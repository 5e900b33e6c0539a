// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

/**
 * A device of one incarnation: kind and number, as in {@code /libxl/<d>/device/<kind>/<id>}.
 *
 * @param id the number in xenstore, 0 to 2^31-1
 */
public record DeviceKey(DeviceKind kind, int id) implements Comparable<DeviceKey> {
    public DeviceKey {
        if (id < 0) {
            throw new IllegalArgumentException("a device's number is not negative: " + id);
        }
    }

    /** Reads {@code vbd/51712}. */
    public static DeviceKey parse(String text) {
        int slash = text.indexOf('/');
        DeviceKind kind = DeviceKind.ofNode(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("not a device: " + text));
        return new DeviceKey(kind, Integer.parseInt(text.substring(slash + 1)));
    }

    /** The name that people use: a disk's vdev beside its number, else kind and number. */
    public String display() {
        return kind == DeviceKind.VBD ? this + " (" + Vdev.nameOf(id) + ")" : toString();
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
