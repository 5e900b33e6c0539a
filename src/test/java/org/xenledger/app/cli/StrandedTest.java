// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenledger.app.cli.Cli.Result;
import org.xenledger.domain.template.LosslessJson;

/** An operation that was left half done, on a domain that is not in order. */
class StrandedTest extends OnPlugHost {
    @Test
    void healSaysWhyItCannotGoOnAndGoesOnWhenItCan() throws Exception {
        killed("after writeEntries", host.attachDisk());
        Path json = host.libxlJson();
        byte[] whole = Files.readAllBytes(json);
        Files.writeString(json, "{");

        for (List<String> command : List.of(List.of("heal"), List.of("heal", "--dry-run"))) {
            Result heal = host.run(command);
            assertThat(heal.err()).contains("vbd/51728 (xvdb)  stays half done: its libxl-json cannot be read");
            assertThat(heal.out()).doesNotContain("nothing of ours is half done");
            assertThat(heal.status()).isEqualTo(ExitStatus.FAILED);
        }
        Result asJson = host.run("heal", "--output", "json");
        JsonNode stays = LosslessJson.parse(asJson.out()).get(0);
        assertThat(stays.path("device").asText()).isEqualTo("vbd/51728");
        assertThat(stays.path("stays").asText()).startsWith("its libxl-json cannot be read");
        assertThat(asJson.status()).isEqualTo(ExitStatus.FAILED);

        Files.write(json, whole);
        Result heal = host.run("heal");
        assertThat(heal.out()).contains("attached: connected");
        assertThat(heal.err()).isEmpty();
        assertThat(heal.status()).isZero();
        assertThat(host.run("heal").out()).isEqualTo("nothing of ours is half done\n");
    }
}
