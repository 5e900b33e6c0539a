// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.ledger.Child;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

/** Several of the program's processes want the same store. */
class TwoProcessesTest {
    private static final Path CAPTURE = Path.of("src/test/resources/captures/a-create/after");
    private static final String[] RECORD = {
        "record",
        "--xenstore-dump",
        CAPTURE.resolve("xenstore-all.txt").toString(),
        "--userdata",
        CAPTURE.resolve("userdata").toString(),
        "--taken-at",
        "2026-03-01T10:00:00Z"
    };
    private static final String FOR_EVER = Integer.toString(Integer.MAX_VALUE);

    @TempDir
    Path temp;

    @Test
    void whoeverComesSecondIsToldWhoWritesAndWhatToDo() throws Exception {
        Path store = temp.resolve("store");
        try (Child holder = Child.start(WriterProcess.class, store.toString(), "1", FOR_EVER)) {
            waitForTheFirstAcknowledgement(holder);
            String sentence = "xenledger: the ledger at " + store + " is in use by process " + holder.pid() + " (";
            try (Program record = start("record", store, RECORD);
                    Program list = start("list", store, "list");
                    Program check = start("check", store, "check")) {
                for (Program second : List.of(record, list, check)) {
                    assertThat(second.exitStatus()).isEqualTo(second == check ? 2 : 1);
                    assertThat(second.errors())
                            .singleElement()
                            .satisfies(line -> assertThat(line)
                                    .startsWith(sentence)
                                    .contains(WriterProcess.class.getName() + " " + store)
                                    .endsWith("): try again when that has ended"));
                }
            }
        }
    }

    @Test
    void oneThatWaitsGoesOnWhenTheFirstIsKilled() throws Exception {
        Path store = temp.resolve("store");
        try (Child holder = Child.start(WriterProcess.class, store.toString(), "1", FOR_EVER)) {
            waitForTheFirstAcknowledgement(holder);
            try (Program record = start("record", store, RECORD)) {
                Thread.sleep(1500);
                holder.kill();
                assertThat(record.exitStatus()).isZero();
                assertThat(record.errors()).isEmpty();
            }
        }
    }

    @Test
    void theMarkerOfAProcessThatIsGoneStopsNobody() throws Exception {
        Path store = temp.resolve("store");
        try (Child holder = Child.start(WriterProcess.class, store.toString(), "1", FOR_EVER)) {
            waitForTheFirstAcknowledgement(holder);
        }
        assertThat(store.resolve("ledger.holder")).isRegularFile();
        try (Program list = start("list", store, "list")) {
            assertThat(list.exitStatus()).isZero();
        }
        try (Program record = start("record", store, RECORD)) {
            assertThat(record.exitStatus()).isZero();
        }
        assertThat(store.resolve("ledger.holder")).doesNotExist();
    }

    @Test
    void theMarkerOfAnotherProcessWithTheSameNumberIsNotBelieved() throws Exception {
        Path store = temp.resolve("store");
        Store.openForWriting(StoreLocation.ofDirectory(store), Store.PATIENCE).close();
        Files.write(
                store.resolve("ledger.holder"),
                List.of(Long.toString(ProcessHandle.current().pid()), "1999-01-01T00:00:00Z", "somebody else"));
        try (Program record = start("record", store, RECORD)) {
            assertThat(record.exitStatus()).isZero();
        }
    }

    @Test
    void manyThatRecordAtOnceInANewStoreAllSucceed() throws Exception {
        Path store = temp.resolve("store");
        List<Program> programs = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                programs.add(start("record" + i, store, RECORD));
            }
            for (Program program : programs) {
                assertThat(program.exitStatus()).as("%s", program.errors()).isZero();
            }
        } finally {
            programs.forEach(Program::close);
        }
        try (Store opened = Store.openForReading(StoreLocation.ofDirectory(store), Store.PATIENCE)) {
            assertThat(opened.stoppedUncleanly()).isFalse();
            assertThat(Ledgers.checkChains(opened)).isPositive().isEqualTo(new LedgerReader(opened).head());
        }
    }

    private Program start(String name, Path store, String... arguments) throws IOException {
        return Program.start(temp.resolve(name + ".err"), store, arguments);
    }

    private static void waitForTheFirstAcknowledgement(Child writer) throws IOException {
        String line = writer.line();
        while (!line.startsWith("ack")) {
            line = writer.line();
        }
        // Or it would wait for its reader when the pipe is full.
        new Thread(() -> drain(writer)).start();
    }

    private static void drain(Child writer) {
        try {
            writer.lines();
        } catch (IOException e) {
            // Killed: there is nothing more to read.
        }
    }
}
