// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain;

import java.util.List;

/**
 * What an operator turns while a domain runs; xenstore is the truth for these, libxl-json is not rewritten (libxl_mem.c).
 *
 * @param memoryTargetKib {@code ~/memory/target}; null where xenstore has none
 * @param staticMaxKib {@code ~/memory/static-max}; null where xenstore has none
 * @param onlineVcpus the n with {@code ~/cpu/<n>/availability} "online", ascending; null where xenstore has no such node
 */
public record Knobs(Long memoryTargetKib, Long staticMaxKib, List<Integer> onlineVcpus) {
    public static final Knobs UNKNOWN = new Knobs(null, null, null);

    public Knobs withMemoryTarget(Long kib) {
        return new Knobs(kib, staticMaxKib, onlineVcpus);
    }

    public Knobs withStaticMax(Long kib) {
        return new Knobs(memoryTargetKib, kib, onlineVcpus);
    }

    public Knobs withOnlineVcpus(List<Integer> vcpus) {
        return new Knobs(memoryTargetKib, staticMaxKib, vcpus);
    }
}
