// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.script;

import org.xenledger.domain.device.BackendPath;
import org.xenledger.toolstack.script.HotplugScript.Action;

/**
 * A toolstack to be killed: {@code ToolstackProcess SCRIPT XENBUS_PATH hold|release}. It says the script's pid and start,
 * and then does nothing more.
 */
final class ToolstackProcess {
    private ToolstackProcess() {}

    public static void main(String[] arguments) throws Exception {
        HotplugScript script = HotplugScript.disk(
                arguments[0],
                Action.ADD,
                BackendPath.parse("/local/domain/0/" + arguments[1]).orElseThrow());
        try (StartedScript started = StartedScript.start(script)) {
            if (arguments[2].equals("release")) {
                started.release();
            }
            System.out.println(started.process().pid() + " " + started.process().start());
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
