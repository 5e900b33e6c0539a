// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xenledger.app.cli.Cli.Result;
import org.xenledger.ledger.Child;
import org.xenledger.toolstack.RealXl;

/**
 * The real xl plugs and unplugs for us, on the real xenstored with a stub in place of the hypervisor; our own program is
 * killed before it, beside it and after it.
 */
class ViaXlTest extends OnPlugHost {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String UUID = "5814e8a6-6120-43fd-bb68-000000000001";
    private static final String BACKEND = "/local/domain/0/backend/qdisk/1/51728";

    private List<String> via;

    @BeforeEach
    void start() throws Exception {
        RealXl xl = RealXl.with(Map.of(
                "XLSTUB_DOMID",
                "1",
                "XLSTUB_UUID",
                UUID,
                "XLSTUB_USERDATA",
                host.userdata().toString(),
                "XLSTUB_WHOLE",
                "1"));
        via = List.of("--via", "xl", "--xl", xl.inDirectory(directory).toString());
        assertThat(host.run("record").status()).isZero();
    }

    @Test
    void aDiskIsPluggedAndUnpluggedByXlStepByStep() throws Exception {
        String before = template();
        Result attached = host.run(attach());
        assertThat(attached.err()).isEmpty();
        assertThat(attached.out()).contains("xvdb").contains("attached: connected");
        assertThat(oracle.plugged("attached")).isTrue();
        assertThat(kinds())
                .containsSubsequence(
                        "HotplugStarted",
                        "XlChosen",
                        "XlStarted",
                        "XlWroteEntries",
                        "BackendReady",
                        "XlSucceeded",
                        "FrontendConnected",
                        "HotplugCompleted");
        assertAllAgree();

        Result detached = host.run(detach());
        assertThat(detached.err()).isEmpty();
        assertThat(detached.out()).contains("detached");
        assertThat(oracle.plugged("detached")).isFalse();
        assertThat(template()).isEqualTo(before);
        assertThat(kinds())
                .containsSubsequence(
                        "UnplugStarted",
                        "XlChosen",
                        "XlStarted",
                        "BackendClosing",
                        "DeviceClosed",
                        "XlSucceeded",
                        "EntriesRemoved",
                        "UnplugCompleted");
        assertAllAgree();
    }

    @Test
    @Tag("soak")
    void aNicIsPluggedAndUnpluggedByXl() throws Exception {
        Result attached =
                host.run(with(via, "attach", "guest1", "nic", "bridge=xenbr0,script=" + script("vif-bridge")));
        assertThat(attached.err()).isEmpty();
        assertThat(attached.out()).contains("vif/1").contains("attached: connected");
        assertAllAgree();
        String mac = host.client().read("/libxl/1/device/vif/1/mac");
        assertThat(host.run(with(via, "detach", "guest1", "nic", mac)).out()).contains("detached");
        assertThat(new HostOracle(host, "vif", 1).plugged("detached")).isFalse();
        assertAllAgree();
    }

    /** Nobody serves it here: its backend is let go by hand. */
    @Test
    void whatHasNoStepsHereIsOfferedToXlWhichPlugsItIndeed() throws Exception {
        List<String> qcow2 = List.of("attach", "guest1", "disk", "vdev=xvdb,format=qcow2,target=" + host.image());
        assertThat(host.run(qcow2).err()).contains("served by qdisk, which only xl can plug in: say --via xl");
        Result attached = host.run(with(List.of("--limit", "frontend=1"), with(via, qcow2)));
        assertThat(attached.out()).as(attached.err()).contains("attached: initialising");
        assertThat(template()).contains("qcow2");
        assertThat(host.run(host.detachDisk()).err())
                .contains("served by qdisk, which only xl can unplug: say --via xl");
        CompletableFuture<Void> qemu = CompletableFuture.runAsync(() -> {
            await().atMost(PATIENCE)
                    .until(() -> host.client().read(BACKEND + "/state").equals("5"));
            host.client().write(BACKEND + "/state", "6");
        });
        assertThat(host.run(detach()).out()).contains("detached");
        qemu.join();
        assertThat(oracle.plugged("detached")).isFalse();
    }

    @Test
    void whatXlSaysLastIsTheReasonAndWhatItLeftIsTakenBack() throws Exception {
        host.scriptFirst("exit 3");
        Result failed = host.run(attach());
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.out())
                .contains("not attached, all was taken back: xl ended with status 1: ")
                .contains("exited with error status 3")
                .contains("libxl_device_disk_add failed.");
        assertThat(oracle.plugged("taken back")).isFalse();
        host.scriptFirst("");
        assertThat(host.run(attach()).status()).isZero();
        Result again = host.run(attach());
        assertThat(again.err()).contains("is there already");
        assertThat(oracle.plugged("again")).isTrue();
    }

    @Test
    @Tag("soak")
    void anXlThatIsNotThereChangesNothing() throws Exception {
        via = List.of("--via", "xl", "--xl", "/nowhere/xl");
        Result failed = host.run(attach());
        assertThat(failed.out())
                .contains("not attached")
                .contains("/nowhere/xl")
                .contains("not found");
        assertThat(oracle.plugged("failed")).isFalse();
    }

    @Test
    void aDomainOfLibvirtIsRefusedUnlessForeign() throws Exception {
        Files.writeString(host.userdata().resolve("userdata-d.1." + UUID + ".libvirt-xml"), "<domain/>");
        assertThat(host.run(attach()).err())
                .contains("is managed by libvirt")
                .contains("--foreign")
                .hasLineCount(1);
        assertThat(host.run(host.attachDisk()).err()).contains("is managed by libvirt");
        assertThat(host.run(with(List.of("--foreign"), attach())).out()).contains("attached: connected");
    }

    @Test
    void killedBeforeXlBeginsNothingIsDone() throws Exception {
        killed("after the append of XlStarted", attach());
        assertThat(healed()).isFalse();
    }

    @Test
    void whatXlHasWrittenBeforeAnybodyToldIsFoundAgain() throws Exception {
        killed("after followXl", attach());
        assertThat(healed()).isTrue();
    }

    @Test
    void anXlThatOutlivesUsIsNeverTouchedAndItsWorkIsRecordedWhenItHasEnded() throws Exception {
        killedInItsScript(attach());
        String pid = xls().get(0);
        assertThat(host.run("check").out().replaceAll("\\s+", " "))
                .contains("WAIT_FOR_OWNER")
                .contains("it is pid " + pid);
        String before = oracle.tree().toString() + template();
        List<String> heal = new ArrayList<>(List.of("heal"));
        Stream.of("backend", "script", "frontend", "close", "lock")
                .forEach(limit -> heal.addAll(List.of("--limit", limit + "=1")));
        try (Child child = host.child("0", heal)) {
            List<String> lines = child.lines();
            assertThat(child.exitStatus()).as(String.join("\n", lines)).isEqualTo(1);
            assertThat(lines).anyMatch(line -> line.endsWith("before followXl"));
        }
        assertThat(xls()).containsExactly(pid);
        assertThat(oracle.tree().toString() + template()).isEqualTo(before);

        assertThat(healedWhenLetGo("exit 0"))
                .anyMatch(line ->
                        line.contains("attached: connected") && line.contains("its xl, pid " + pid + ", still works"));
        assertThat(oracle.plugged("healed")).isTrue();
        assertThat(kinds()).containsSubsequence("OperationResumed", "XlWroteEntries", "XlEnded", "HotplugCompleted");
    }

    @Test
    @Tag("soak")
    void anXlThatFailsAfterItHasOutlivedUsIsTakenBack() throws Exception {
        killedInItsScript(attach());
        assertThat(healedWhenLetGo("exit 1")).anyMatch(line -> line.contains("all was taken back"));
        assertThat(oracle.plugged("healed")).isFalse();
        assertAllAgree();
    }

    /** What heal says that waits for an xl, whose script is then let go. */
    private List<String> healedWhenLetGo(String script) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Child child = host.child("0", List.of("heal"))) {
            String line = child.line();
            while (line != null) {
                lines.add(line);
                if (line.endsWith("before followXl") && !Files.exists(directory.resolve("go"))) {
                    Files.writeString(directory.resolve("go"), script);
                }
                line = child.line();
            }
        }
        return lines;
    }

    @Test
    @Tag("soak")
    void killedAtEveryPoint() throws Exception {
        boolean plugged = false;
        for (List<String> command : List.of(attach(), detach())) {
            int points = 0;
            try (Child child = host.child("0", command)) {
                List<String> lines = child.lines();
                points = Integer.parseInt(lines.get(lines.size() - 1).substring("points ".length()));
            }
            plugged = !plugged;
            assertThat(oracle.plugged(command.get(0))).isEqualTo(plugged);
            List<String> back = plugged ? detach() : attach();
            assertThat(host.run(back).status()).isZero();
            for (int point = 1; point <= points; point++) {
                killed(Integer.toString(point), command);
                if (healed() == plugged) {
                    assertThat(host.run(back).status()).isZero();
                }
            }
            assertThat(host.run(command).status()).isZero();
        }
    }

    private List<String> attach() {
        return with(
                via,
                "attach",
                "guest1",
                "disk",
                "vdev=xvdb,format=raw,script=" + script("block") + ",target=" + host.image());
    }

    private List<String> detach() {
        return with(via, host.detachDisk());
    }

    private String script(String name) {
        return host.scripts().resolve(name).toString();
    }

    private static List<String> with(List<String> options, String... command) {
        return with(options, List.of(command));
    }

    private static List<String> with(List<String> options, List<String> command) {
        return Stream.concat(command.stream(), options.stream()).toList();
    }

    /** Whether it is plugged when heal has cleared up; all views agree, and no xl runs. */
    private boolean healed() throws Exception {
        Result healed = host.run("heal");
        assertThat(healed.status()).as(healed.out() + healed.err()).isZero();
        boolean plugged = oracle.plugged(healed.out());
        assertThat(xls()).isEmpty();
        assertAllAgree();
        return plugged;
    }

    private void assertAllAgree() {
        assertThat(host.run("check").out()).contains("0 findings, 0 notes");
        assertThat(host.run("record").out()).isEqualTo("nothing changed since the last look\n");
    }

    private List<String> kinds() {
        return Stream.of(host.run("history", "guest1", "--device", "vbd/51728", "--output", "json")
                        .out()
                        .split("\n"))
                .filter(line -> line.contains("\"kind\""))
                .map(line -> line.replaceAll(".*\"kind\" ?: ?\"(\\w+)\".*", "$1"))
                .toList();
    }

    private String template() throws IOException {
        return Files.readString(host.userdata().resolve("userdata-d.1." + UUID + ".libxl-json"));
    }

    /** The pids of the real xl that work on this host. */
    private List<String> xls() throws IOException {
        List<String> pids = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(p -> p.getFileName().toString().matches("\\d+"))
                    .toList()) {
                String command = HostOracle.textOf(process.resolve("cmdline"));
                String environment = HostOracle.textOf(process.resolve("environ"));
                if (command.contains("bin/xl\0")
                        && environment.contains(host.userdata().toString())) {
                    pids.add(process.getFileName().toString());
                }
            }
        }
        return pids;
    }

    /** Killed while its xl runs the script, which waits. */
    private void killedInItsScript(List<String> command) throws Exception {
        Path go = directory.resolve("go");
        host.scriptFirst(
                "while [ ! -s %1$s ]; do sleep 0.05; done; [ \"$(cat %1$s)\" = 'exit 0' ] || exit 1".formatted(go));
        try (Child child = host.child("0", command)) {
            await().atMost(PATIENCE).until(() -> !oracle.scriptsRunning().isEmpty());
            child.kill();
            assertThat(child.exitStatus()).isEqualTo(KILLED);
        }
        assertThat(oracle.scriptsRunning()).isNotEmpty();
    }
}
