// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xenledger.app.cli.Cli.Result;
import org.xenledger.ledger.Child;
import org.xenledger.toolstack.simulation.GuestPlan;

/** What an operation stands on is started anew: the host, or the domain of a backend. */
class RestartScenariosTest extends OnPlugHost {
    private static final String EARLIER_BOOT = "11111111-2222-4333-8444-555555555555";
    private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";

    /** xapi-project/sm#803: a mark of something under way, that nobody owns. */
    @Test
    void anOperationOfAnEarlierBootIsReleasedAndTheHistorySaysWhy() throws Exception {
        Path bootId = Files.writeString(directory.resolve("boot_id"), EARLIER_BOOT + "\n");
        List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c"));
        command.addAll(List.of("mount --bind \"$0\" " + BOOT_ID + " && exec \"$@\"", bootId.toString()));
        command.addAll(host.childCommand("after the append of BackendReady", host.attachDisk()));
        try (Child child = Child.start(command)) {
            List<String> lines = child.lines();
            assumeTrue(
                    !lines.isEmpty(),
                    "SKIPPED real part: root may put another boot id in place, with unshare: apt-get install util-linux");
            assertThat(child.exitStatus()).as(String.join("\n", lines)).isEqualTo(KILLED);
        }
        // the host comes up again, with the same guest
        host.close();
        openHost();
        String intent = host.run("history", "guest1", "--output", "json").out();
        assertThat(intent).contains(EARLIER_BOOT).containsPattern("\"processStart\" ?: ?[1-9]");
        assertThat(host.run("heal", "--dry-run").out()).contains("the host was started anew");

        Result healed = host.run("heal");

        assertThat(healed.out()).as(healed.err()).contains("the host was started anew, its domain is gone");
        assertThat(host.run("history", "guest1").out())
                .containsPattern("OperationResumed .* the host was started anew, its domain is gone");
        assertThat(oracle.plugged("healed")).isFalse();
        assertThat(host.run("check").out()).contains("0 findings");
        assertThat(host.run(host.attachDisk()).status()).isZero();
        assertThat(oracle.plugged("attached again")).isTrue();
    }

    /** qubes-issues#6047: "already attached", yet the list is empty. */
    @Test
    void aDeviceWhoseBackendDomainCameBackUnderAnotherDomidIsLostAndItsSlotIsFreedAgain() throws Exception {
        int driver = host.host().create(GuestPlan.sample(2));
        plugFrom(driver);
        host.run("record");
        assertThat(host.run("check").out()).contains("0 findings");
        assertThat(host.run(host.detachDisk()).err()).contains("served by domid 2, which only xl can unplug");

        host.host().reboot(driver, GuestPlan.sample(2));

        host.run("record");
        Result check = host.run("check");
        assertThat(check.status()).isEqualTo(1);
        assertThat(check.out()).contains("xvdb").containsPattern("no\\s+backend");
        Result again = host.run(host.attachDisk());
        assertThat(again.out() + again.err()).contains("is there already");
        Result detached = host.run(host.detachDisk());
        assertThat(detached.out()).as(detached.err()).contains("detached");
        assertThat(oracle.plugged("detached")).isFalse();
        assertThat(host.run(host.attachDisk()).status()).isZero();
        assertThat(oracle.plugged("attached again")).isTrue();
    }

    /** As xl block-attach with backend=DOMAIN leaves it when xl devd has done its part. */
    private void plugFrom(int driver) throws IOException {
        String libxl = "/libxl/1/device/vbd/51728";
        String frontend = "/local/domain/1/device/vbd/51728";
        String backend = "/local/domain/" + driver + "/backend/vbd/1/51728";
        Map<String, String> nodes = Map.ofEntries(
                Map.entry(libxl + "/frontend", frontend),
                Map.entry(libxl + "/backend", backend),
                Map.entry(libxl + "/params", host.image().toString()),
                Map.entry(libxl + "/dev", "xvdb"),
                Map.entry(frontend + "/backend", backend),
                Map.entry(frontend + "/state", "4"),
                Map.entry(backend + "/frontend", frontend),
                Map.entry(backend + "/online", "1"),
                Map.entry(backend + "/hotplug-status", "connected"),
                Map.entry(backend + "/state", "4"));
        nodes.forEach(host.client()::write);
        host.editTemplate(template -> template.withArray("disks")
                .addObject()
                .put("backend_domname", "guest2")
                .put("pdev_path", host.image().toString())
                .put("vdev", "xvdb")
                .put("format", "raw")
                .put("readwrite", 1));
    }
}
