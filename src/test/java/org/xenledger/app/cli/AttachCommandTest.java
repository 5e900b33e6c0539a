// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.xenledger.app.cli.Cli.Result;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.toolstack.simulation.Conduct;
import org.xenledger.toolstack.simulation.DeviceEnd;

/** The commands that plug and unplug, on the real xenstored with scripts that are real processes. */
class AttachCommandTest extends OnPlugHost {
    @Test
    void aDiskIsAttachedAndDetachedAndNothingIsLeft() throws IOException {
        host.run("record");
        String before = template();
        Result attached = attachDisk();
        assertThat(attached.err()).isEmpty();
        assertThat(attached.out()).contains("xvdb").contains("attached: connected");
        assertThat(attached.status()).isZero();
        assertThat(host.run("check").out()).contains("0 findings, 0 notes");
        assertThat(host.run("record").out()).isEqualTo("nothing changed since the last look\n");
        assertThat(template()).contains("xvdb");

        Result detached = host.run("detach", "guest1", "disk", "xvdb");
        assertThat(detached.out()).contains("detached");
        assertThat(detached.err()).isEmpty();
        assertThat(detached.status()).isZero();
        assertThat(template()).isEqualTo(before);
        assertThat(host.setUp()).isEmptyDirectory();
        assertThat(host.run("check").out()).contains("0 findings, 0 notes");
        assertThat(host.run("record").out()).isEqualTo("nothing changed since the last look\n");
    }

    @Test
    void aNicIsAttachedAndDetached() {
        Result attached = host.run(
                "attach",
                "guest1",
                "nic",
                "bridge=xenbr0",
                "--scripts",
                host.scripts().toString());
        assertThat(attached.err()).isEmpty();
        assertThat(attached.out()).contains("vif/1").contains("attached: connected");
        String mac = host.client().read("/libxl/1/device/vif/1/mac");
        assertThat(host.run("detach", "guest1", "nic", mac).out())
                .contains("vif/1")
                .contains("detached");
        assertThat(host.setUp()).isEmptyDirectory();
        assertThat(host.run("check").out()).contains("0 findings, 0 notes");
    }

    @Test
    void aScriptThatFailsIsNamedAndTakenBackAndASecondAttachWorks() throws IOException {
        host.scriptFirst(
                "xenstore-write \"$node/hotplug-error\" 'no such image' \"$node/hotplug-status\" error; exit 1");
        Result failed = attachDisk();
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.out()).contains("not attached, all was taken back: no such image");
        assertThat(template()).doesNotContain("xvdb");
        host.scriptFirst("");
        assertThat(attachDisk().status()).isZero();
    }

    @Test
    void aGuestThatDoesNotConnectIsSaidToWait() {
        host.knobs().all(DeviceEnd.FRONTEND, Conduct.REFUSES);
        Result attached = attachDisk("--limit", "frontend=1");
        assertThat(attached.out()).contains("attached: ready, not connected").contains("frontend 1 initialising");
        assertThat(attached.status()).isZero();
        assertThat(host.run("check").out()).contains("NOT_CONNECTED");
    }

    @Test
    void aGuestThatKeepsItsDiskIsForcedOnlyWhenToldTo() {
        attachDisk();
        host.knobs().all(DeviceEnd.FRONTEND, Conduct.diesAfter(XenbusState.CONNECTED));
        Result stuck = host.run("detach", "guest1", "disk", "xvdb", "--limit", "close=1");
        assertThat(stuck.status()).isEqualTo(1);
        assertThat(stuck.out()).contains("stuck: the guest has not let go of it");
        Result waiting = host.run("heal", "--limit", "close=1");
        assertThat(waiting.err())
                .contains("stays half done: the guest does not let go")
                .contains("heal --force");
        assertThat(waiting.status()).isEqualTo(1);
        Result forced = host.run("heal", "--force", "--limit", "close=1");
        assertThat(forced.out()).contains("detached");
        assertThat(forced.status()).isZero();
        assertThat(host.run("check").out()).contains("0 findings, 0 notes");
    }

    @Test
    void whatCannotBeDoneIsSaidInOneSentence() throws IOException {
        assertRefused(2, "no domain is known by \"nobody\"", "attach", "nobody", "disk", "vdev=xvdb,target=/dev/null");
        assertRefused(2, "xl-disk-configuration(5)", "attach", "guest1", "disk", "vdev=xvdb,format=nonsense,target=/x");
        assertRefused(2, "there is no /nowhere", "attach", "guest1", "disk", "vdev=xvdb,target=/nowhere");
        assertRefused(1, "say --via xl", "attach", "guest1", "disk", "vdev=xvdb,format=qcow2,target=/etc/hosts");
        assertRefused(1, "driver domain net0", "attach", "guest1", "nic", "backend=net0");
        assertRefused(1, "has no vbd/51728 (xvdb) in xenstore", "detach", "guest1", "disk", "xvdb");
        assertRefused(2, "is no disk", "detach", "guest1", "disk", "nonsense");
        assertRefused(2, "\"vtpm\" is neither disk nor nic", "attach", "guest1", "vtpm", "backend=0");
        assertRefused(2, "for option '--via'", "detach", "guest1", "disk", "xvda", "--via", "virsh");
        assertRefused(2, "--limit knows no \"patience\"", "detach", "guest1", "disk", "xvda", "--limit", "patience=3");
        assertRefused(1, "is there already", "attach", "guest1", "disk", "vdev=xvda,script=x,target=/dev/null");
        Files.writeString(host.userdata().resolve("userdata-d.1." + uuid() + ".libvirt-xml"), "<domain/>");
        assertRefused(1, "is managed by libvirt", "detach", "guest1", "disk", "xvda");
    }

    private void assertRefused(int status, String words, String... arguments) throws IOException {
        String before = template();
        Result result = host.run(arguments);
        assertThat(result.err()).contains(words).hasLineCount(1);
        assertThat(result.status()).isEqualTo(status);
        assertThat(template()).isEqualTo(before);
    }

    private Result attachDisk(String... more) {
        return host.run(host.attachDisk(more));
    }

    private String template() throws IOException {
        return Files.readString(host.userdata().resolve("userdata-d.1." + uuid() + ".libxl-json"));
    }

    private static String uuid() {
        return "5814e8a6-6120-43fd-bb68-000000000001";
    }
}
