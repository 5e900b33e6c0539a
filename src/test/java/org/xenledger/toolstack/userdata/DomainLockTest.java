// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.toolstack.posix.Descriptor;

/** The other side of the lock is flock(1) of util-linux, a program of its own. */
@Timeout(120)
class DomainLockTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private DomainFiles files;

    @BeforeEach
    void aDomain() throws IOException {
        files = Userdata.in(directory);
    }

    @Test
    void itExcludesFlockAndLeavesNoFile() throws Exception {
        try (DomainLock lock = acquire()) {
            assertThat(lock.read().has("disks")).isTrue();
            assertThat(flockFails()).isTrue();
        }
        assertThat(files.lock()).doesNotExist();
        assertThat(flockFails()).isFalse();
    }

    @Test
    void theLockFileIsAsLibxlMakesIt() throws Exception {
        try (DomainLock lock = acquire()) {
            assertThat(lock).isNotNull();
            assertThat(files.lock().getFileName())
                    .hasToString("userdata-l.1." + Userdata.UUID + ".domain-userdata-lock");
            assertThat(files.lock()).isEmptyFile();
        }
    }

    @Test
    void itWaitsUntilTheOtherLetsGo() throws Exception {
        try (Other other = new Other()) {
            AtomicReference<DomainLock> got = new AtomicReference<>();
            Thread waiting = new Thread(() -> got.set(acquireUnchecked()));
            waiting.start();
            waiting.join(200);
            assertThat(got).hasNullValue();
            other.letGo();
            waiting.join();
            got.get().close();
        }
    }

    @Test
    void atTheTimeLimitItNamesWhoHasIt() throws Exception {
        try (Other other = new Other()) {
            assertThatThrownBy(() -> DomainLock.acquire(files, Duration.ofMillis(50), () -> true))
                    .isInstanceOfSatisfying(LockTimeoutException.class, e -> {
                        assertThat(e.holder()).hasValueSatisfying(holder -> {
                            assertThat(holder.pid()).isEqualTo(other.holder());
                            assertThat(holder.command()).contains("cat");
                        });
                        assertThat(e)
                                .hasMessageMatching("the configuration of domain 1 has been locked for 0.05 s by "
                                        + "process \\d+ \\(.*cat.*\\): end that one, or try again");
                    });
            assertThat(files.lock()).exists();
        }
    }

    @Test
    void nobodyIsNamedWhereNobodyHasIt() throws Exception {
        assertThat(LockHolder.of(files.lock())).isEmpty();
        Files.createFile(files.lock());
        assertThat(LockHolder.of(files.lock())).isEmpty();
        try (DomainLock lock = acquire()) {
            assertThat(lock).isNotNull();
            assertThat(LockHolder.of(files.lock()))
                    .hasValueSatisfying(holder -> assertThat(holder.pid())
                            .isEqualTo(ProcessHandle.current().pid()));
        }
    }

    @Test
    void aFileThatADeadHolderLeftIsTakenOver() throws Exception {
        Other other = new Other();
        other.kill();
        assertThat(files.lock()).exists();
        acquire().close();
        assertThat(files.lock()).doesNotExist();
    }

    @Test
    void aLockOnAFileThatWasRemovedIsNone() throws Exception {
        try (Other other = new Other()) {
            Files.delete(files.lock());
            acquire().close();
            assertThat(other.holder()).isPositive();
        }
    }

    @Test
    void aDomainThatIsGoneIsLeftAlone() {
        assertThatThrownBy(() -> DomainLock.acquire(files, LONG, () -> false))
                .isInstanceOf(DomainGoneException.class)
                .hasMessage("domain 1 is not there any longer");
        assertThat(files.lock()).doesNotExist();
        assertThatThrownBy(() -> DomainLock.acquire(files, LONG, () -> {
                    assertThat(files.lock()).exists();
                    throw new IllegalStateException("xenstore does not answer");
                }))
                .hasMessage("xenstore does not answer");
        assertThat(files.lock()).doesNotExist();
    }

    @Test
    void anInterruptEndsTheWaitAndHoldsNothing() throws Exception {
        try (Other other = new Other()) {
            CountDownLatch interrupted = new CountDownLatch(1);
            Thread waiting = new Thread(() -> {
                try {
                    DomainLock.acquire(files, LONG, () -> true).close();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            });
            waiting.start();
            waiting.interrupt();
            assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
            other.letGo();
            acquire().close();
        }
    }

    @Test
    void aProgramStartedMeanwhileDoesNotHoldItOn() throws Exception {
        DomainLock lock = acquire();
        Process program = new ProcessBuilder("sleep", "60").start();
        try (Descriptor sameFile = Descriptor.openOrCreate(files.lock())) {
            lock.close();
            assertThat(sameFile.tryLock()).isTrue();
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDirectoryThatMayNotBeWrittenToIsSaid() {
        DomainFiles nowhere = new DomainFiles(directory.resolve("missing"), 1, Userdata.UUID);
        assertThatThrownBy(() -> DomainLock.acquire(nowhere, LONG, () -> true))
                .isInstanceOf(UserdataException.class)
                .hasMessage(
                        "cannot lock " + nowhere.lock() + ": open " + nowhere.lock() + ": No such file or directory");
    }

    private DomainLock acquire() throws InterruptedException {
        return DomainLock.acquire(files, LONG, () -> true);
    }

    private DomainLock acquireUnchecked() {
        try {
            return acquire();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean flockFails() throws Exception {
        return new ProcessBuilder("flock", "-n", files.lock().toString(), "true")
                        .start()
                        .waitFor()
                != 0;
    }

    /** flock(1), which holds the lock while its {@code cat} waits for input. */
    private final class Other implements AutoCloseable {
        private final Process flock;

        Other() throws IOException {
            assumeThat(Path.of("/usr/bin/flock"))
                    .as("SKIPPED real part: install util-linux")
                    .isExecutable();
            flock = new ProcessBuilder("flock", "-o", files.lock().toString(), "cat").start();
            Awaitility.await().atMost(LONG).until(() -> flockFails());
        }

        /** With -o only flock itself keeps the descriptor. */
        long holder() {
            return flock.pid();
        }

        void kill() throws InterruptedException {
            flock.children().forEach(ProcessHandle::destroyForcibly);
            flock.destroyForcibly().waitFor();
        }

        void letGo() throws IOException {
            flock.getOutputStream().close();
            flock.onExit().join();
        }

        @Override
        public void close() throws IOException {
            letGo();
        }
    }
}
