// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import java.util.HashMap;
import java.util.Map;

/** What drivers publish: features that are always the same, and numbers that a kernel hands out one after the other. */
final class KernelNumbers {
    /** As a Linux 6.1 publishes them for a raw file of 16 MiB and for a bridged nic. */
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("feature-max-indirect-segments", "256"),
            Map.entry("multi-queue-max-queues", "2"),
            Map.entry("max-ring-page-order", "4"),
            Map.entry("discard-granularity", "4096"),
            Map.entry("discard-alignment", "0"),
            Map.entry("discard-secure", "0"),
            Map.entry("sectors", "32768"),
            Map.entry("info", "0"),
            Map.entry("sector-size", "512"),
            Map.entry("physical-sector-size", "512"),
            Map.entry("feature-rx-flip", "0"),
            Map.entry("xdp-headroom", "0"));

    private static final String ON = "1";
    private static final int FIRST_GRANT = 8;
    private static final int FIRST_CHANNEL = 9;

    private final Map<Integer, Integer> grants = new HashMap<>();
    private final Map<Integer, Integer> channels = new HashMap<>();

    /** The value of a key that a driver of this guest, or of its backend, publishes. */
    String valueOf(String key, int domid) {
        if (key.endsWith("ring-ref")) {
            return next(grants, domid, FIRST_GRANT);
        }
        if (key.startsWith("event-channel")) {
            return next(channels, domid, FIRST_CHANNEL);
        }
        return FIXED.getOrDefault(key, ON);
    }

    private static String next(Map<Integer, Integer> numbers, int domid, int first) {
        return Integer.toString(numbers.merge(domid, first, (last, none) -> last + 1));
    }
}
