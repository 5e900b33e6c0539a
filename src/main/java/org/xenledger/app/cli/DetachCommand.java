// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.util.concurrent.Callable;
import org.xenledger.app.operate.DeviceName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Unplugs a device. */
@Command(
        name = "detach",
        description =
                "Unplug a disk or a nic from a running domain, as `xl block-detach` and `xl network-detach` do; its"
                        + " entry in libxl-json goes, too.")
final class DetachCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Mixin
    private OperatingOptions options;

    @Mixin
    private ViaOptions via;

    @Parameters(index = "0", paramLabel = "DOMAIN", description = "a uuid, a domid or a name")
    private String domain;

    @Parameters(index = "1", paramLabel = "disk|nic", converter = PlugKind.Word.class, description = "what to unplug")
    private PlugKind kind;

    @Parameters(index = "2", paramLabel = "ID", description = "a disk's vdev or number; a nic's number or address")
    private String id;

    @Option(names = "--force", description = "take it from a guest that does not let go")
    private boolean force;

    @Override
    public Integer call() {
        DeviceName name = new DeviceName(kind.kind(), id);
        return options.operate(main, "detach", operator -> operator.detach(domain, name, force, via.way(options)));
    }
}
