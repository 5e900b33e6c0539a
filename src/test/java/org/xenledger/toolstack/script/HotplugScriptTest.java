// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.toolstack.script.HotplugScript.Action;

/** Compared with what {@code xl -vvv} said that it ran. */
class HotplugScriptTest {
    private static final Path CAPTURES = Path.of("src/test/resources/captures");
    private static final Pattern RUN = Pattern.compile(".*calling hotplug script: (.*)");
    private static final Pattern LISTED = Pattern.compile(".*device_hotplug: Domain 1:\\t(.*)");

    @ParameterizedTest
    @CsvSource({"attach,ADD", "detach,REMOVE"})
    void aDisksScriptIsRunAsXlRanIt(String command, Action action) throws IOException {
        BackendPath backend = new BackendPath(0, "vbd", 1, 51728);
        assertThat(words(HotplugScript.disk("/etc/xen/scripts/block", action, backend)))
                .isEqualTo(said("b-block-attach-detach", command));
    }

    @ParameterizedTest
    @CsvSource({"attach,ADD", "detach,REMOVE"})
    void aNicsScriptIsRunAsXlRanIt(String command, Action action) throws IOException {
        BackendPath backend = new BackendPath(0, "vif", 1, 1);
        assertThat(HotplugScript.nic("/etc/xen/scripts/vif-bridge", action, backend, "", false))
                .singleElement()
                .satisfies(run -> assertThat(words(run)).isEqualTo(said("c-network-attach-detach", command)));
    }

    /** libxl__hotplug_nic in libxl_linux.c; no guest with an emulated nic was captured. */
    @Test
    void anEmulatedNicHasASecondRunForItsTap() {
        BackendPath backend = new BackendPath(0, "vif", 7, 2);
        List<HotplugScript> runs = HotplugScript.nic("/s/vif-route", Action.REMOVE, backend, "eth1", true);
        assertThat(runs)
                .extracting(HotplugScript::command)
                .containsExactly(
                        List.of("/s/vif-route", "offline", "type_if=vif"),
                        List.of("/s/vif-route", "remove", "type_if=tap"));
        assertThat(runs)
                .allSatisfy(run -> assertThat(run.environment())
                        .containsEntry("netdev", "eth1")
                        .containsEntry("INTERFACE", "vif7.2-emu")
                        .containsEntry("vif", "vif7.2"));
    }

    private static List<String> words(HotplugScript script) {
        List<String> words = new ArrayList<>(
                List.of(script.program() + " " + script.arguments().get(0)));
        words.addAll(script.arguments().subList(1, script.arguments().size()));
        script.environment().forEach((name, value) -> words.add(name + ": " + value));
        return words;
    }

    private static List<String> said(String capture, String command) throws IOException {
        List<String> words = new ArrayList<>();
        for (String line : Files.readAllLines(CAPTURES.resolve(capture).resolve("during/" + command + ".out"))) {
            for (Matcher matcher : List.of(RUN.matcher(line), LISTED.matcher(line))) {
                if (matcher.matches()) {
                    words.add(matcher.group(1));
                }
            }
        }
        assertThat(words).isNotEmpty();
        return words;
    }
}
