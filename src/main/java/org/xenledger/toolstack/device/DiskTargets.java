// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.xenledger.toolstack.device.DiskBackend.Target;

/** Looks at the target of a disk on this host: libxl__try_phy_backend in libxl_linux.c. */
public final class DiskTargets {
    private static final int FILE_TYPE = 0170000;
    private static final int BLOCK_DEVICE = 0060000;

    private DiskTargets() {}

    /** What the path leads to; a block device, or a file for a loop device, is a disk. */
    public static Target look(String path) {
        try {
            Path target = Path.of(path);
            if (!Files.exists(target)) {
                return Target.MISSING;
            }
            int mode = (Integer) Files.getAttribute(target, "unix:mode");
            return Files.isRegularFile(target) || (mode & FILE_TYPE) == BLOCK_DEVICE ? Target.DISK : Target.OTHER;
        } catch (InvalidPathException | IOException e) {
            return Target.MISSING;
        }
    }
}
