// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import java.io.Serial;

/** What the simulated libxl was asked for failed, as it would on a real host; the message is one sentence. */
public final class SimulationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    SimulationException(String message) {
        super(message);
    }

    SimulationException(String message, Throwable cause) {
        super(message, cause);
    }
}
