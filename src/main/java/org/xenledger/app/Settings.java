// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import java.nio.file.Path;
import java.time.Instant;

/**
 * Where the ledger and the world are.
 *
 * @param store where the ledger is: a directory
 * @param xenstoreSocket the socket of a live xenstored; null for the one that libxenstore would take
 * @param xenstoreDump a text dump to look at instead; null for the live one
 * @param userdata libxl's files
 * @param host the name to record for a dump's host; null for {@code dump}, and ignored on the live host
 * @param bootId the boot id to record for a dump; empty where it is not known
 * @param takenAt when the dump was taken; null for its file's time
 */
public record Settings(
        String store,
        Path xenstoreSocket,
        Path xenstoreDump,
        Path userdata,
        String host,
        String bootId,
        Instant takenAt) {
    /** Whether a dump is looked at, not the live host. */
    public boolean fromDump() {
        return xenstoreDump != null;
    }
}
