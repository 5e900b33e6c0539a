// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import java.time.Duration;
import org.xenledger.domain.device.XenbusState;

/**
 * How one end of a device behaves.
 *
 * @param pace how long each of its steps takes
 * @param last the state after which it does nothing more: one that refuses never leaves INITIALISING, and one that dies
 *     half way stays where it was
 */
public record Conduct(Duration pace, XenbusState last) {
    /** Prompt, to the end. */
    public static final Conduct PROMPT = new Conduct(Duration.ZERO, XenbusState.CLOSED);

    public static final Conduct REFUSES = new Conduct(Duration.ZERO, XenbusState.INITIALISING);

    public static Conduct slow(Duration pace) {
        return new Conduct(pace, XenbusState.CLOSED);
    }

    public static Conduct diesAfter(XenbusState last) {
        return new Conduct(Duration.ZERO, last);
    }

    /** Whether it still acts when it is in this state. */
    boolean actsIn(XenbusState state) {
        return last == XenbusState.CLOSED || state.number() < last.number();
    }
}
