// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.toolstack.script.HotplugScript.Action;

/** A real hotplug script in a directory for its marks. */
final class ScriptFile {
    /** Of no domain that could be on this machine. */
    static final BackendPath BACKEND =
            new BackendPath(0, "vbd", 32_000, (int) ProcessHandle.current().pid());

    private ScriptFile() {}

    /** The script; in its text {@code $D} is the directory. */
    static HotplugScript in(Path directory, String text) throws IOException {
        Path file = directory.resolve("block-test");
        Files.writeString(file, "#!/bin/sh\nD='" + directory + "'\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return HotplugScript.disk(file.toString(), Action.ADD, BACKEND);
    }
}
