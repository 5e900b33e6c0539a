// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import java.nio.file.Path;
import java.util.Map;

/** Where the daemon listens, by libxenstore's own rule: xenstore_daemon_path in tools/include/xen-tools/xenstore-common.h. */
public final class XenstoreSocket {
    /** The variable of the environment that names the socket, for libxenstore as for us. */
    public static final String PATH_VARIABLE = "XENSTORED_PATH";

    private static final String DEFAULT_RUNDIR = "/var/run/xenstored";

    private XenstoreSocket() {}

    /** XENSTORED_PATH, else {@code socket} in XENSTORED_RUNDIR, else in the default directory. */
    public static Path of(Map<String, String> environment) {
        String path = environment.get(PATH_VARIABLE);
        return path != null
                ? Path.of(path)
                : Path.of(environment.getOrDefault("XENSTORED_RUNDIR", DEFAULT_RUNDIR), "socket");
    }
}
