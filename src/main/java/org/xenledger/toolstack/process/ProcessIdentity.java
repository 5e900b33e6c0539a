// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.process;

import java.util.Optional;

/**
 * One process of this boot, for good: its pid is used again after its end, but not in the same hundredth of a second.
 *
 * @param pid its process id
 * @param start when it started, in clock ticks (1/100 s) after boot: field 22 of /proc/PID/stat
 */
public record ProcessIdentity(long pid, long start) {
    /** The process that has this pid now; empty where none has, or one that has ended and is not yet waited for. */
    public static Optional<ProcessIdentity> of(long pid) {
        return ProcessStat.of(pid).map(ProcessStat::identity);
    }

    /** Whether that very process still runs. */
    public boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }
}
