// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.Soak;
import org.xenledger.domain.template.DeviceEntries;
import org.xenledger.toolstack.NativeBuild;

/** Ours and a writer in C, which shares nothing with it, change two entries of one file; every edit looks for its last. */
class TwoWritersTest {
    @TempDir
    private Path directory;

    @Test
    void noUpdateIsLost() throws Exception {
        editBoth(200);
    }

    @Test
    @Tag("soak")
    void noUpdateIsLostInTenThousand() throws Exception {
        editBoth(Soak.rounds(10_000));
    }

    private void editBoth(int count) throws Exception {
        DomainFiles files = Userdata.in(directory);
        try (DomainLock lock = DomainLock.acquire(files, Duration.ofSeconds(60), () -> true)) {
            lock.write(DeviceEntries.with(lock.read(), Userdata.THEIRS, List.of(Userdata.disk("/theirs/0", "xvdc"))));
        }
        long start = System.nanoTime();
        Process theirs = new ProcessBuilder(
                        NativeBuild.program("libxl-writer").toString(),
                        directory.toString(),
                        "1",
                        Userdata.UUID,
                        Integer.toString(count))
                .start();
        EditProcess.edit(
                files, 0, count, new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        String said = new String(theirs.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).isEqualTo("DONE " + count + "\n");
        try (DomainLock lock = DomainLock.acquire(files, Duration.ofSeconds(60), () -> true)) {
            ObjectNode tree = lock.read();
            assertThat(Userdata.ours(tree)).isEqualTo(count - 1);
            assertThat(DeviceEntries.of(tree, Userdata.THEIRS))
                    .singleElement()
                    .satisfies(
                            entry -> assertThat(entry.get("pdev_path").asText()).isEqualTo("/theirs/" + count));
        }
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(files.data());
        }
        System.out.printf("two writers: %d edits each in %d ms%n", count, (System.nanoTime() - start) / 1_000_000);
    }
}
