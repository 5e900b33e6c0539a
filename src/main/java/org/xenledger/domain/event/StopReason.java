// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.event;

import java.util.Locale;

/** Why a life of a domain ended. */
public enum StopReason {
    POWEROFF,
    REBOOT,
    SUSPEND,
    CRASH,
    WATCHDOG,
    SOFT_RESET,
    DESTROYED,
    /** It is in no view any more, and nobody told us how it went. */
    VANISHED,
    /** Another boot of its host is running. */
    HOST_REBOOTED;

    /** For people. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
