// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xenledger.app.cli.Cli.Result;
import org.xenledger.ledger.Child;
import org.xenledger.xenstore.client.Deadline;
import org.xenledger.xenstore.client.Pipeline;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.MessageType;

/** The host lets an operation down: xenstored is restarted under it, others take every turn, there is no room on a disk. */
class AdverseHostTest extends OnPlugHost {
    private static final List<String> ATTACH = List.of(
            "before writeEntries",
            "after writeEntries",
            "before awaitBackend",
            "after prepareScript",
            "before awaitFrontend");
    private static final List<String> DETACH =
            List.of("before closeBackend", "after closeBackend", "before awaitClosed", "before removeEntries");

    @Test
    void xenstoredIsRestartedUnderAnOperation() throws Exception {
        restarted(List.of("before awaitBackend"), List.of("after closeBackend"));
    }

    @Test
    @Tag("soak")
    void xenstoredIsRestartedAtManyPointsOfAnOperation() throws Exception {
        restarted(ATTACH, DETACH);
    }

    private void restarted(List<String> attach, List<String> detach) throws Exception {
        for (String point : attach) {
            Result attached = host.runAt(point, host::restartXenstored, host.attachDisk());
            assertThat(attached.status()).as("%s: %s", point, attached).isZero();
            assertThat(oracle.plugged(point)).isTrue();
            assertThat(host.run(host.detachDisk()).status()).isZero();
        }
        for (String point : detach) {
            assertThat(host.run(host.attachDisk()).status()).isZero();
            Result detached = host.runAt(point, host::restartXenstored, host.detachDisk());
            assertThat(detached.status()).as("%s: %s", point, detached).isZero();
            assertThat(oracle.plugged(point)).isFalse();
        }
        assertThat(host.run("check").out()).contains("0 findings, 0 notes");
    }

    /** Our transactions are refused until their tries are over; now and then one may slip through. */
    @Test
    void othersTakeEveryTurn() throws Exception {
        boolean plugged;
        try (Storm storm = new Storm()) {
            Result attached = host.runAt("before writeEntries", storm::begin, host.attachDisk());
            plugged = oracle.plugged("after the storm");
            assertThat(attached.status()).as(attached.toString()).isEqualTo(plugged ? 0 : 1);
            if (!plugged) {
                assertThat(attached.out())
                        .contains("not attached, all was taken back")
                        .contains("EAGAIN");
            }
        }
        assertThat(plugged || host.run(host.attachDisk()).status() == 0).isTrue();
        try (Storm storm = new Storm()) {
            CompletableFuture<Result> detach = CompletableFuture.supplyAsync(
                    () -> host.runAt("before closeBackend", storm::begin, host.detachDisk()));
            storm.await();
            Thread.sleep(1500); // longer than one transaction is tried
            storm.end();
            assertThat(detach.get().out()).as(detach.get().err()).contains("detached");
        }
        assertThat(oracle.plugged("detached")).isFalse();
        assertThat(host.run("check").out()).contains("0 findings, 0 notes");
    }

    /** Others touch without a pause what every transaction of ours reads. */
    private final class Storm implements AutoCloseable {
        private static final int WRITERS = 2;
        private static final int AT_ONCE = 200;

        private final AtomicBoolean on = new AtomicBoolean(true);
        private final CountDownLatch begun = new CountDownLatch(WRITERS);
        private final List<CompletableFuture<Void>> writers = new ArrayList<>();

        void begin() {
            for (int i = 0; i < WRITERS; i++) {
                writers.add(CompletableFuture.runAsync(this::write));
            }
            await();
        }

        private void write() {
            try (XenstoreClient other = XenstoreClient.open(host.socket())) {
                while (on.get()) {
                    try (Pipeline pipeline = other.pipeline()) {
                        for (int i = 0; i < AT_ONCE; i++) {
                            pipeline.ask(
                                    MessageType.SET_PERMS,
                                    reply -> begun.countDown(),
                                    "/local/domain/1/vm",
                                    "n0",
                                    "r1");
                        }
                        pipeline.drain(Deadline.in(Duration.ofSeconds(20)));
                    }
                }
            }
        }

        void await() {
            try {
                assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            end();
        }

        void end() {
            on.set(false);
            writers.forEach(CompletableFuture::join);
        }
    }

    @Test
    void thereIsNoRoomForLibxlJson() throws Exception {
        host.close();
        try (SmallDisk disk = SmallDisk.at(directory.resolve("xen"))) {
            openHost();
            disk.fill();
            Result attached = host.run(host.attachDisk());
            assertThat(attached.status()).as(attached.toString()).isEqualTo(1);
            assertThat(attached.out()).contains("No space left on device");
            disk.free();
            assertThat(oracle.plugged("refused")).isFalse();
            assertThat(host.run(host.attachDisk()).status()).isZero();

            disk.fill();
            Result detached = host.run(host.detachDisk());
            assertThat(detached.status()).as(detached.toString()).isEqualTo(1);
            assertThat(detached.out()).contains("No space left on device");
            disk.free();
            Result healed = host.run("heal");
            assertThat(healed.out()).as(healed.err()).contains("detached");
            assertThat(oracle.plugged("healed")).isFalse();
            assertThat(host.run("check").out()).contains("0 findings, 0 notes");
            closeHost();
            host = null;
        }
    }

    @Test
    void thereIsNoMoreRoomForTheLedgerWhileAScriptRuns() throws Exception {
        try (SmallDisk disk = SmallDisk.at(host.store())) {
            assertThat(host.run("record").status()).isZero();
            host.scriptFirst("cat /dev/zero > " + disk.filler() + " 2>/dev/null");
            try (Child child = host.child("0", host.attachDisk())) {
                List<String> lines = child.lines();
                assertThat(child.exitStatus()).as(String.join("\n", lines)).isEqualTo(1);
            }
            disk.free();
            host.scriptFirst("");
            Result healed = host.run("heal");
            assertThat(healed.out()).as(healed.err()).contains("attached");
            assertThat(oracle.plugged("healed")).isTrue();

            disk.fill();
            Result refused = host.run(host.detachDisk());
            assertThat(refused.status()).as(refused.toString()).isEqualTo(1);
            assertThat(refused.err().lines()).singleElement().asString().contains("No space left on device");
            disk.free();
            host.run("heal");
            oracle.plugged("healed again");
            assertThat(host.run("check").out()).contains("0 findings, 0 notes");
        }
    }

    /** A disk of a megabyte. */
    private record SmallDisk(Path path) implements AutoCloseable {
        static SmallDisk at(Path path) throws IOException {
            Files.createDirectories(path);
            assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path.toString()) == 0,
                    "SKIPPED real part: only root may mount a small tmpfs");
            return new SmallDisk(path);
        }

        Path filler() {
            return path.resolve("filler");
        }

        void fill() throws IOException {
            assertThat(run("sh", "-c", "cat /dev/zero > " + filler() + " 2>/dev/null"))
                    .isNotZero();
        }

        void free() throws IOException {
            Files.delete(filler());
        }

        @Override
        public void close() throws IOException {
            run("umount", path.toString());
        }

        private static int run(String... command) throws IOException {
            return new ProcessBuilder(command)
                    .inheritIO()
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
        }
    }
}
