// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.xenledger.app.operate.DeviceRequest;
import org.xenledger.app.operate.DiskRequest;
import org.xenledger.app.operate.NicRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Plugs a device in. */
@Command(
        name = "attach",
        description =
                "Plug a disk or a nic into a running domain, as `xl block-attach` and `xl network-attach` do; each"
                        + " step is recorded, and what a crash leaves half done is finished or undone by the next command.")
final class AttachCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Mixin
    private OperatingOptions options;

    @Mixin
    private ViaOptions via;

    @Parameters(index = "0", paramLabel = "DOMAIN", description = "a uuid, a domid or a name")
    private String domain;

    @Parameters(index = "1", paramLabel = "disk|nic", converter = PlugKind.Word.class, description = "what to plug in")
    private PlugKind kind;

    @Parameters(
            index = "2..*",
            arity = "1..*",
            paramLabel = "SPEC",
            description = "as xl takes it: xl-disk-configuration(5), xl-network-configuration(5)")
    private List<String> spec;

    @Option(
            names = "--scripts",
            paramLabel = "DIR",
            defaultValue = "/etc/xen/scripts",
            description = "where the hotplug scripts are (default: ${DEFAULT-VALUE})")
    private Path scripts;

    @Override
    public Integer call() {
        DeviceRequest request = request();
        return options.operate(main, "attach", operator -> operator.attach(domain, request, via.way(options)));
    }

    private DeviceRequest request() {
        return kind == PlugKind.DISK
                ? new DiskRequest(spec, scripts)
                : new NicRequest(spec, scripts, new SecureRandom());
    }
}
