// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.operation;

/** What xenstore and libxl-json show of the work of an xl that runs, in its order; what was once so stays so. */
public enum XlSign {
    /** The device has its entry in libxl-json and in xenstore, written as one by libxl (libxl_device.c). */
    WRITTEN,
    /** The backend is in state 2, 3 or 4. */
    BACKEND_READY,
    /** {@code online} is 0, or the device is gone. */
    CLOSING,
    /** The backend is in state 6, or gone. */
    CLOSED,
    /** Its end only. */
    END
}
