// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.operation.ScriptAction;
import org.xenledger.domain.operation.Target;
import org.xenledger.toolstack.OneHost;
import org.xenledger.xenstore.RealXenstored;
import org.xenledger.xenstore.client.XenstoreClient;

/** Hotplug scripts, ours and those of an xl, as real processes. */
@ExtendWith(OneHost.class)
class ScriptsTest {
    private static final BackendPath BACKEND = new BackendPath(0, "vif", 7, 0);
    private static final Target NIC = new Target(
            StreamId.ofUuid("5814e8a6-6120-43fd-bb68-051553960d55"),
            new Incarnation(new HostIdentity("xen1", "boot-1"), 7, "1795300000"),
            DeviceKey.parse("vif/0"),
            BACKEND);

    @TempDir
    Path directory;

    private RealXenstored daemon;
    private XenstoreClient xenstore;

    @BeforeEach
    void host() throws IOException {
        daemon = RealXenstored.start(RealXenstored.Daemon.XENSTORED);
        xenstore = XenstoreClient.open(daemon.socket());
    }

    @AfterEach
    void end() throws Exception {
        if (xenstore != null) {
            xenstore.close();
        }
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void aScriptOfXlHasLibxlsTimeThoughOursHasLess() throws Exception {
        Path script = script("sleep 2");
        ProcessBuilder xls = new ProcessBuilder(script.toString(), "online");
        xls.environment().putAll(Map.of("XENBUS_PATH", "backend/vif/7/0", "script", script.toString()));
        Process running = xls.start();
        new Scripts(xenstore, Duration.ofMillis(200)).quiet(NIC);
        assertThat(running.waitFor()).isZero();
    }

    @Test
    void ofAnEmulatedNicTheTapInterfaceIsTakenDownToo() throws Exception {
        xenstore.write(BACKEND + "/type", "vif_ioemu");
        removed();
        assertThat(runs()).isEqualTo("offline type_if=vif vif7.0-emu\nremove type_if=tap vif7.0-emu\n");
    }

    @Test
    void ofOneWhoseDeviceModelIsInAStubDomainThereIsNoneHere() throws Exception {
        xenstore.write(BACKEND + "/type", "vif_ioemu");
        xenstore.write("/local/domain/7/image/device-model-domid", "8");
        removed();
        assertThat(runs()).isEqualTo("offline type_if=vif \n");
    }

    private void removed() throws Exception {
        Path script = script("echo \"$* $INTERFACE\" >> " + directory.resolve("runs"));
        xenstore.write(BACKEND + "/script", script.toString());
        Scripts scripts = new Scripts(xenstore, Duration.ofSeconds(20));
        scripts.run(NIC, scripts.prepare(NIC, ScriptAction.REMOVE).orElseThrow());
    }

    private String runs() throws IOException {
        return Files.readString(directory.resolve("runs"));
    }

    private Path script(String line) throws IOException {
        Path script = directory.resolve("vif-test");
        Files.writeString(script, "#!/bin/sh\n" + line + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
