// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewStoreTest {
    private static final int KILLS = 6;

    @TempDir
    private Path directory;

    @Test
    void whoeverDiesWhileMakingAStoreLeavesNoneOrAWholeOne() throws Exception {
        for (int i = 0; i < KILLS; i++) {
            Path store = directory.resolve("store" + i);
            try (Child maker = Child.start(HoldStore.class, "write", store.toString())) {
                waitForDraft(store);
                Thread.sleep(ThreadLocalRandom.current().nextInt(60));
                assertThat(maker.pid()).isPositive();
            }
            try (Store opened = Store.openForWriting(StoreLocation.ofDirectory(store), Duration.ZERO)) {
                assertThat(opened.id()).isNotNull();
            }
            assertThat(store.toFile().list())
                    .as("no draft is left")
                    .containsExactlyInAnyOrder("ledger.mv.db", "ledger.lock");
        }
    }

    /** After a power cut processes get the same numbers again. */
    @Test
    void aDraftOfOurOwnNumberIsNotOurs() throws Exception {
        Path store = Files.createDirectory(directory.resolve("store"));
        Files.writeString(store.resolve("draft-" + ProcessHandle.current().pid() + ".mv.db"), "torn");
        Store.openForWriting(StoreLocation.ofDirectory(store), Duration.ZERO).close();
        assertThat(store.toFile().list()).containsExactlyInAnyOrder("ledger.mv.db", "ledger.lock");
    }

    @Test
    void aStoreIsForItsOwnerOnly() throws Exception {
        Store.openForWriting(StoreLocation.ofDirectory(directory.resolve("store")), Duration.ZERO)
                .close();
        Path file = directory.resolve("store/ledger.mv.db");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void ofTwoThatMakeAStoreAtOnceBothOpenIt() throws Exception {
        String store = directory.resolve("store").toString();
        try (Child one = Child.start(HoldStore.class, "write", store, "1");
                Child other = Child.start(HoldStore.class, "write", store, "1")) {
            assertThat(one.line()).isEqualTo("open");
            assertThat(other.line()).isEqualTo("open");
            assertThat(one.exitStatus()).isZero();
            assertThat(other.exitStatus()).isZero();
        }
    }

    /** Until the child has begun to make the store. */
    private static void waitForDraft(Path store) throws InterruptedException {
        for (int i = 0; i < 1000 && !begun(store); i++) {
            Thread.sleep(5);
        }
    }

    private static boolean begun(Path store) {
        String[] files = store.toFile().list();
        return files != null && files.length > 0;
    }
}
