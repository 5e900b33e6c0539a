// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.xenledger.xenstore.DaemonUnderTest;

/** The hypervisor of a simulated host on a daemon that is tested: the one that this daemon believes to run on. */
public record DaemonHypervisor(DaemonUnderTest daemon) implements SimulatedHypervisor {
    @Override
    public void create(int domid) {
        try {
            daemon.create(domid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void destroy(int domid) {
        try {
            daemon.destroy(domid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
