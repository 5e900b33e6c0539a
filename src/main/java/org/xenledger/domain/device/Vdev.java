// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of virtual disks and the numbers that xenstore has for them: libxl__device_disk_dev_number and
 * libxl__devid_to_vdev in tools/libs/light/libxl_device.c; docs/man/xen-vbd-interface.7.
 */
public final class Vdev {
    private static final String C_INTEGER = "0[xX]0*[0-9a-fA-F]{1,8}|0+[0-7]{0,11}|[1-9][0-9]{0,9}";
    private static final Pattern LETTERS = Pattern.compile("(xvd|hd|sd)([a-z]{1,6})([1-9][0-9]{0,4})?");
    private static final Pattern NUMBERS = Pattern.compile("d(" + C_INTEGER + ")p(" + C_INTEGER + ")");
    private static final Pattern PLAIN = Pattern.compile(C_INTEGER);

    private static final int XVD_MAJOR = 202;
    private static final int SD_MAJOR = 8;
    private static final int FIRST_IDE_MAJOR = 3;
    private static final int SECOND_IDE_MAJOR = 22;
    private static final int EXTENDED = 1 << 28;
    private static final int EXTENDED_DISKS = 1 << 20;

    private Vdev() {}

    /** The device number of a vdev in any of its forms; empty where the text is none. */
    public static OptionalInt numberOf(String vdev) {
        Matcher plain = PLAIN.matcher(vdev);
        if (plain.matches()) {
            long number = Long.decode(vdev);
            return number <= Integer.MAX_VALUE ? OptionalInt.of((int) number) : OptionalInt.empty();
        }
        Matcher numbers = NUMBERS.matcher(vdev);
        if (numbers.matches()) {
            return xvd(Long.decode(numbers.group(1)), Long.decode(numbers.group(2)));
        }
        Matcher letters = LETTERS.matcher(vdev);
        if (!letters.matches()) {
            return OptionalInt.empty();
        }
        int disk = diskOf(letters.group(2));
        int partition = letters.group(3) == null ? 0 : Integer.parseInt(letters.group(3));
        return switch (letters.group(1)) {
            case "xvd" -> xvd(disk, partition);
            case "hd" -> hd(disk, partition);
            default -> sd(disk, partition);
        };
    }

    /** The {@code xvd} name of a number: what the reverse mapping of libxl gives, whatever form was used to ask. */
    public static String nameOf(int number) {
        boolean extended = (number & EXTENDED) != 0;
        int disk = extended ? (number & ~EXTENDED) >> 8 : (number >> 4) & 15;
        int partition = extended ? number & 255 : number & 15;
        return "xvd" + lettersOf(disk) + (partition == 0 ? "" : Integer.toString(partition));
    }

    private static OptionalInt xvd(long disk, long partition) {
        if (disk >= EXTENDED_DISKS || partition > 255) {
            return OptionalInt.empty();
        }
        return OptionalInt.of((int)
                (disk <= 15 && partition <= 15
                        ? XVD_MAJOR << 8 | disk << 4 | partition
                        : EXTENDED | disk << 8 | partition));
    }

    private static OptionalInt hd(int disk, int partition) {
        if (disk > 3 || partition > 63) {
            return OptionalInt.empty();
        }
        int major = disk < 2 ? FIRST_IDE_MAJOR : SECOND_IDE_MAJOR;
        return OptionalInt.of(major << 8 | (disk & 1) << 6 | partition);
    }

    private static OptionalInt sd(int disk, int partition) {
        return disk <= 15 && partition <= 15
                ? OptionalInt.of(SD_MAJOR << 8 | disk << 4 | partition)
                : OptionalInt.empty();
    }

    /** Base 26 without a zero: a is 0, z is 25, aa is 26. */
    private static int diskOf(String letters) {
        int disk = 0;
        for (int i = 0; i < letters.length(); i++) {
            disk = disk * 26 + (letters.charAt(i) - 'a' + 1);
        }
        return disk - 1;
    }

    private static String lettersOf(int disk) {
        StringBuilder letters = new StringBuilder();
        for (int rest = disk + 1; rest > 0; rest = (rest - 1) / 26) {
            letters.insert(0, (char) ('a' + (rest - 1) % 26));
        }
        return letters.toString();
    }
}
