// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xenledger.domain.HostIdentity;

/** What this machine says of itself and of who asks, from /proc. */
public final class HostFacts {
    private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path LOGIN_UID = Path.of("/proc/self/loginuid");
    private static final String NO_LOGIN = "4294967295";

    private HostFacts() {}

    /** This boot of this machine. */
    public static HostIdentity here() {
        return new HostIdentity(read(HOSTNAME, "localhost"), read(BOOT_ID, ""));
    }

    /** Who runs this program: the user, and behind sudo or su the one who logged in (the audit login uid). */
    public static String actor() {
        String user = System.getProperty("user.name");
        String login = read(LOGIN_UID, NO_LOGIN);
        boolean sameOrNone = login.equals(NO_LOGIN) || (login.equals("0") && user.equals("root"));
        return sameOrNone ? user : user + " (login uid " + login + ")";
    }

    private static String read(Path file, String otherwise) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return otherwise;
        }
    }
}
