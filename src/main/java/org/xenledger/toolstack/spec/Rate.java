// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.spec;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limit of a nic's outgoing traffic as {@code 10Mb/s@20ms}: xlu_vif_parse_rate in tools/libs/util/libxlu_vif.c.
 *
 * @param bytesPerInterval credit that each interval adds, in bytes
 * @param intervalMicros the interval, in microseconds
 */
record Rate(long bytesPerInterval, long intervalMicros) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,20})([GMK]?)([Bb])/s(?:@([0-9]{1,20})([mu]?)(s?))?");
    private static final long DEFAULT_INTERVAL = 50_000;
    private static final long UINT32_MAX = 0xFFFFFFFFL;
    private static final BigInteger UINT64_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    /** Empty where the text is no rate, or one that libxl could not count. */
    static Optional<Rate> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = number(matcher.group(1));
        long unit = switch (matcher.group(2)) {
            case "G" -> 1_000_000_000;
            case "M" -> 1_000_000;
            case "K" -> 1_000;
            default -> 1;
        };
        long bytes = matcher.group(3).equals("b") ? number * unit / 8 : number * unit;
        long interval = matcher.group(4) == null ? DEFAULT_INTERVAL : interval(matcher);
        BigInteger product = BigInteger.valueOf(bytes).multiply(BigInteger.valueOf(interval));
        if (number == 0 || interval == 0 || product.compareTo(UINT64_MAX) > 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Rate(product.divide(BigInteger.valueOf(1_000_000)).longValueExact(), interval));
    }

    /** Without a unit the interval is in seconds; 0 where it is none. */
    private static long interval(Matcher matcher) {
        long unit = switch (matcher.group(5)) {
            case "m" -> 1_000;
            case "u" -> 1;
            default -> 1_000_000;
        };
        long interval = number(matcher.group(4)) * unit;
        return interval > UINT32_MAX ? 0 : interval;
    }

    /** As strtoull(3) reads it, so that a leading 0 makes it octal; 0 where that is no number, or one beyond 32 bits. */
    private static long number(String digits) {
        boolean octal = digits.length() > 1 && digits.startsWith("0");
        if (octal && digits.matches(".*[89].*")) {
            return 0;
        }
        BigInteger number = new BigInteger(digits, octal ? 8 : 10);
        return number.bitLength() > 32 ? 0 : number.longValueExact();
    }
}
