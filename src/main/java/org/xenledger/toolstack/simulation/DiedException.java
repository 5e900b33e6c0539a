// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import java.io.Serial;

/** The simulated libxl died, as by SIGKILL: what it did stays, and what it held is left behind. */
public final class DiedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Step step;

    DiedException(Step step) {
        super("the simulated libxl died after " + step);
        this.step = step;
    }

    /** The last thing that it did. */
    public Step step() {
        return step;
    }
}
