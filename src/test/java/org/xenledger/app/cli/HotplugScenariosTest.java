// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.xenledger.app.cli.Cli.Result;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.ledger.Child;
import org.xenledger.toolstack.simulation.Conduct;
import org.xenledger.toolstack.simulation.DeviceEnd;
import org.xenledger.toolstack.spec.DiskSpec;

/** What hurts operators today, with our own hotplug: real xenstored, real scripts, a real program that is killed. */
class HotplugScenariosTest extends OnPlugHost {
    private static final String BACKEND = "/local/domain/0/backend/vbd/1/51728/state";
    private static final String FRONTEND = "/local/domain/1/device/vbd/51728/state";

    @Test
    void aPlugThatDiedHalfWayIsNamedAndUndoneByOneCommandAndASecondAttachWorks() throws Exception {
        host.scriptFirst("exit 1");
        killed("after runScript", host.attachDisk());
        killed("after the append of BackendReady", host.attachDisk());
        Result check = host.run("check");
        assertThat(check.status()).isEqualTo(1);
        assertThat(check.out()).contains("xvdb").contains("RESUME_HOTPLUG");
        assertThat(host.run("heal", "--dry-run").out())
                .contains("/local/domain/0/backend/vbd/1/51728")
                .contains("has ended");
        assertThat(host.run("heal").out()).contains("not attached, all was taken back");
        assertThat(oracle.plugged("healed")).isFalse();
        host.scriptFirst("");
        assertThat(host.run(host.attachDisk()).status()).isZero();
    }

    @Test
    void theNextCommandFinishesWhatAnotherOneLeft() throws Exception {
        killed("before awaitFrontend", host.attachDisk());
        Result detached = host.run(host.detachDisk());
        assertThat(detached.err()).contains("attached: connected").contains("has ended");
        assertThat(detached.out()).contains("detached");
        assertThat(oracle.plugged("detached")).isFalse();
    }

    @Test
    void aGuestThatLetsGoLateCompletesTheSameOperation() throws Exception {
        host.run(host.attachDisk());
        host.knobs().all(DeviceEnd.FRONTEND, Conduct.diesAfter(XenbusState.CONNECTED));
        Result stuck = host.run(host.detachDisk("--limit", "close=1"));
        assertThat(stuck.out()).contains("stuck: the guest has not let go of it");
        host.run("record");
        host.knobs().all(DeviceEnd.FRONTEND, Conduct.PROMPT);
        host.client().write(FRONTEND, "6");
        await().until(() ->
                host.client().read("/local/domain/0/backend/vbd/1/51728/state").equals("6"));
        host.run("record");
        Result healed = host.run("heal");
        assertThat(healed.out()).contains("detached").contains(operationIn(stuck.out()));
        assertThat(oracle.plugged("healed")).isFalse();
    }

    @Test
    void healingNeverForcesADeviceThatItsGuestUses() throws Exception {
        host.run(host.attachDisk());
        host.knobs().all(DeviceEnd.FRONTEND, Conduct.diesAfter(XenbusState.CONNECTED));
        killed("after closeBackend", host.detachDisk());
        Result healed = host.run("heal", "--limit", "close=1");
        assertThat(healed.status()).isEqualTo(1);
        assertThat(healed.out()).contains("stuck");
        assertThat(host.client().read(FRONTEND)).isEqualTo("4");
        assertThat(host.run("check").out()).contains("UNPLUG_STUCK");
    }

    /** OpenStack Cinder's force-detach: a record that is edited until the numbers agree. */
    @Test
    void healingNeverEditsOneViewAloneToMakeTheNumbersAgree() throws Exception {
        host.run(host.attachDisk());
        host.editTemplate(template -> ((ArrayNode) template.get("disks")).remove(1));
        healsNothing("ENTRY_MISSING");
        host.editTemplate(template -> template.withArray("disks")
                .addObject()
                .put("pdev_path", host.image().toString())
                .put("vdev", "xvdb")
                .put("format", "raw")
                .put("readwrite", 1));
        for (String path : List.of(
                "/libxl/1/device/vbd/51728",
                "/local/domain/1/device/vbd/51728",
                "/local/domain/0/backend/vbd/1/51728")) {
            host.client().remove(path);
        }
        assertThat(host.run("check").out()).contains("LOST");
        healsNothing("STALE_ENTRY");
    }

    /** Both of libxl's views stay as they are, and the disagreement is told. */
    private void healsNothing(String verdict) throws Exception {
        Map<String, String> tree = oracle.tree();
        Map<String, String> files = oracle.files();
        for (List<String> heal : List.of(List.of("heal"), List.of("heal", "--force"), List.of("record"))) {
            host.run(heal);
            assertThat(host.run("check").out()).as("after %s", heal).contains(verdict);
        }
        assertThat(oracle.tree()).isEqualTo(tree);
        assertThat(oracle.files()).isEqualTo(files);
    }

    @Test
    void aSlowScriptThatOutlivesItsCommandIsWaitedFor() throws Exception {
        host.scriptFirst("sleep 3");
        killedInItsScript(host.attachDisk());
        assertThat(host.run("heal").out()).contains("attached: connected");
        assertThat(oracle.plugged("healed")).isTrue();
    }

    @Test
    void aScriptThatHangsIsEndedAndASecondAttachWorks() throws Exception {
        host.scriptFirst("sleep 600");
        killedInItsScript(host.attachDisk());
        Result healed = host.run("heal", "--limit", "script=1");
        assertThat(healed.out()).contains("not attached").contains("did not end within 1 s");
        assertThat(oracle.plugged("healed")).isFalse();
        host.scriptFirst("");
        assertThat(host.run(host.attachDisk()).status()).isZero();
    }

    @Test
    void aScriptThatBeginsProcessesAgainAndAgainIsEndedToo() throws Exception {
        host.scriptFirst("while :; do sleep 0.1; done");
        killedInItsScript(host.attachDisk());
        assertThat(host.run("heal", "--limit", "script=1").out()).contains("did not end within 1 s");
        assertThat(oracle.plugged("healed")).isFalse();
    }

    @Test
    void aGuestThatWritesWithoutAPauseKeepsNoWaitOpen() throws Exception {
        assertThat(host.run(host.attachDisk()).status()).isZero();
        host.knobs().all(DeviceEnd.FRONTEND, Conduct.diesAfter(XenbusState.CONNECTED));
        AtomicBoolean on = new AtomicBoolean(true);
        CompletableFuture<Void> guest = CompletableFuture.runAsync(() -> {
            while (on.get()) {
                if (host.client().read(BACKEND).equals("5")) {
                    host.client().write(FRONTEND, "4");
                }
            }
        });
        try {
            CompletableFuture<Result> detach =
                    CompletableFuture.supplyAsync(() -> host.run(host.detachDisk("--limit", "close=1")));
            Result detached = detach.get(20, TimeUnit.SECONDS);
            assertThat(detached.out()).as(detached.err()).contains("stuck: the guest has not let go of it");
        } finally {
            on.set(false);
            guest.join();
        }
    }

    @Test
    void whatSomebodyPluggedInAgainMeanwhileIsNotRemoved() throws Exception {
        host.run(host.attachDisk());
        killed("after closeBackend", host.detachDisk());
        host.host().detach(1, DeviceKey.parse("vbd/51728"));
        host.host().attachDisk(1, DiskSpec.parse(List.of("vdev=xvdb", "target=/srv/xen/another.img")));
        await().until(() -> host.client().read(FRONTEND).equals("4"));
        Result healed = host.run("heal");
        assertThat(healed.out())
                .contains("is wanted again: nothing was removed")
                .doesNotContain("--force");
        assertThat(host.run("heal", "--force").out()).contains("nothing of ours is half done");
        assertThat(host.client().read(FRONTEND)).isEqualTo("4");
        assertThat(host.client().read("/libxl/1/device/vbd/51728/params")).isEqualTo("/srv/xen/another.img");
        host.run("record");
        assertThat(host.run("check").out()).contains("0 findings");
        assertThat(host.run("show", "guest1").out()).contains("another.img");
    }

    @Test
    void whatSomebodyElsePluggedInHalfWayIsNotRolledBack() throws Exception {
        killed("before writeEntries", host.attachDisk());
        host.knobs().scriptError("no such image");
        assertThatThrownBy(() ->
                        host.host().attachDisk(1, DiskSpec.parse(List.of("vdev=xvdb", "target=/srv/xen/another.img"))))
                .hasMessageContaining("the hotplug script");
        assertThat(host.run("heal").out()).contains("is there already: somebody plugged it in meanwhile");
        assertThat(host.client().read("/libxl/1/device/vbd/51728/params")).isEqualTo("/srv/xen/another.img");
        assertThat(host.client().read("/local/domain/0/backend/vbd/1/51728/online"))
                .isEqualTo("1");
    }

    @Test
    void aDomainThatIsDestroyedUnderACommandEndsIt() throws Exception {
        host.scriptFirst("sleep 1");
        try (Child child = host.child("0", host.attachDisk())) {
            String line = child.line();
            while (!line.endsWith("before runScript")) {
                line = child.line();
            }
            host.host().destroy(1);
            List<String> rest = child.lines();
            assertThat(child.exitStatus()).as(String.join("\n", rest)).isEqualTo(1);
            assertThat(rest).anyMatch(words -> words.contains("not attached, all was taken back"));
        }
        host.run("record");
        assertThat(host.run("heal").out()).contains("nothing of ours is half done");
        assertThat(oracle.tree().keySet()).noneMatch(path -> path.startsWith("/local/domain/0/backend/vbd"));
    }

    @Test
    void aBackendThatNeverComesIsTakenBack() throws Exception {
        host.knobs().all(DeviceEnd.BACKEND, Conduct.REFUSES);
        Result attached = host.run(host.attachDisk("--limit", "backend=1", "--limit", "close=1"));
        assertThat(attached.status()).isEqualTo(1);
        assertThat(attached.out()).contains("the backend is not ready after 1 s");
        assertThat(oracle.plugged("taken back")).isFalse();
    }

    @Test
    void aDomainThatIsDestroyedMeanwhileEndsTheOperation() throws Exception {
        killed("after the append of BackendReady", host.attachDisk());
        host.host().destroy(1);
        host.run("record");
        Result healed = host.run("heal");
        assertThat(healed.out()).contains("its domain is gone");
        assertThat(host.run("heal").out()).contains("nothing of ours is half done");
        assertThat(host.run("check").out()).contains("0 findings");
        assertThat(host.userdata()).isDirectoryNotContaining("glob:**userdata-[nl].*");
    }

    @Test
    void twoCommandsOnTheSameSlotAreDoneInOrder() throws Exception {
        host.scriptFirst("sleep 2");
        try (Child attaching = host.child("0", host.attachDisk())) {
            String line = attaching.line();
            while (!line.endsWith("before runScript")) {
                line = attaching.line();
            }
            Result second = host.run(host.detachDisk());
            assertThat(attaching.exitStatus()).isZero();
            assertThat(second.out()).contains("detached");
            assertThat(second.err()).isEmpty();
        }
        assertThat(oracle.plugged("in the end")).isFalse();
    }

    private static String operationIn(String line) {
        return line.substring(line.indexOf("[operation ") + 11, line.indexOf(']'));
    }

    /** The command kills itself there. */
    /** The command is killed while it runs its script. */
    private void killedInItsScript(List<String> command) throws Exception {
        try (Child child = host.child("0", command)) {
            String line = child.line();
            while (!line.endsWith("before runScript")) {
                line = child.line();
            }
            await().until(() -> !oracle.scriptsRunning().isEmpty());
            Thread.sleep(200); // the script itself, not the shell that holds it back
            child.kill();
            assertThat(child.exitStatus()).isEqualTo(KILLED);
        }
        assertThat(oracle.scriptsRunning()).isNotEmpty();
    }
}
