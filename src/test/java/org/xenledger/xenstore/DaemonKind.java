// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

/** The daemons that the client's contract is tested against; a further one is one constant here. */
public enum DaemonKind {
    EMBEDDED,
    XENSTORED,
    OXENSTORED;

    /** Starts it with an empty store; where it is not installed, the test is skipped and says so. */
    public DaemonUnderTest start() {
        return switch (this) {
            case EMBEDDED -> EmbeddedXenstored.startEmpty();
            case XENSTORED -> RealXenstored.start(RealXenstored.Daemon.XENSTORED);
            case OXENSTORED -> RealXenstored.start(RealXenstored.Daemon.OXENSTORED);
        };
    }
}
