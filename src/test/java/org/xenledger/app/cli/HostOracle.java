// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Judges a host by other means than the program's own: xenstore-ls, plain Jackson, /proc and the names of files. Of the
 * program it takes the text of an export only.
 */
final class HostOracle {
    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> ENDS =
            List.of("HotplugCompleted", "HotplugCompletedLate", "HotplugRolledBack", "UnplugCompleted");

    private final PlugHost host;
    private final String kind;
    private final int id;

    HostOracle(PlugHost host, String kind, int id) {
        this.host = host;
        this.kind = kind;
        this.id = id;
    }

    /** Whether the device is plugged; fails unless all views agree on it and nothing half done is left. */
    boolean plugged(String when) throws IOException, InterruptedException {
        Map<String, String> tree = tree();
        String end = "/device/" + kind + "/" + id;
        String backend = "/local/domain/0/backend/" + kind + "/" + host.domid() + "/" + id;
        boolean there = tree.containsKey("/libxl/" + host.domid() + end);
        assertThat(tree.containsKey("/local/domain/" + host.domid() + end))
                .as("%s: frontend", when)
                .isEqualTo(there);
        assertThat(tree.containsKey(backend)).as("%s: backend", when).isEqualTo(there);
        assertThat(entries()).as("%s: entries of libxl-json", when).isEqualTo(there ? 1 : 0);
        List<JsonNode> events = export();
        assertThat(openOperations(events)).as("%s: open operations", when).isEmpty();
        assertThat(hasIt(events)).as("%s: the ledger has it", when).isEqualTo(there);
        if (there) {
            assertThat(tree.get("/local/domain/" + host.domid() + end + "/state"))
                    .as("%s: frontend", when)
                    .isEqualTo("4");
            assertThat(tree.get(backend + "/state")).as("%s: backend", when).isEqualTo("4");
            assertThat(tree.get(backend + "/online")).as("%s: online", when).isEqualTo("1");
        }
        assertThat(marks()).as("%s: what scripts set up", when).hasSize(there ? 1 : 0);
        assertThat(scriptsRunning()).as("%s: scripts that run on", when).isEmpty();
        assertThat(leftovers()).as("%s: lock and temporary files", when).isEmpty();
        return there;
    }

    /** Every event that was acknowledged is in the export. */
    void hasEvents(List<String> ids, String when) throws IOException {
        List<String> there =
                export().stream().map(event -> event.path("id").asText()).toList();
        assertThat(there).as("%s: acknowledged events", when).containsAll(ids);
    }

    /** The operations of ours that have begun and not ended. */
    private static List<String> openOperations(List<JsonNode> events) {
        Map<String, String> last = new TreeMap<>();
        List<String> begun = new ArrayList<>();
        for (JsonNode event : events) {
            String operation = event.path("payload").path("operation").asText("");
            String name = event.path("kind").asText();
            // what others do to a device later is told with its last operation
            if (!name.equals("DeviceChanged")) {
                last.put(operation, name);
            }
            if (name.equals("HotplugStarted") || name.equals("UnplugStarted")) {
                begun.add(operation);
            }
        }
        return begun.stream()
                .filter(operation -> !ENDS.contains(last.get(operation)))
                .toList();
    }

    private boolean hasIt(List<JsonNode> events) {
        List<String> kinds = events.stream()
                .filter(event -> event.path("payload").path("device").asText().equals(kind + "/" + id))
                .map(event -> event.path("kind").asText())
                .toList();
        return !kinds.isEmpty() && kinds.get(kinds.size() - 1).startsWith("HotplugCompleted");
    }

    private List<JsonNode> export() throws IOException {
        Path file = Files.createTempFile("export", ".jsonl");
        Files.delete(file);
        Cli.Result exported = Cli.runWithoutStore(
                "export", file.toString(), "--store", host.store().toString());
        assertThat(exported.status()).as(exported.err()).isZero();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        Files.delete(file);
        return lines.stream().filter(line -> line.has("kind")).toList();
    }

    /** Every node with its value, by xenstore-ls. */
    Map<String, String> tree() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("xenstore-ls", "-f");
        builder.environment().put("XENSTORED_PATH", host.socket().toString());
        Process process = builder.start();
        Map<String, String> tree = new TreeMap<>();
        for (String line : new String(process.getInputStream().readAllBytes(), UTF_8).split("\n")) {
            int equals = line.indexOf(" = \"");
            tree.put(line.substring(0, equals), line.substring(equals + 4, line.length() - 1));
        }
        assertThat(process.waitFor()).isZero();
        return tree;
    }

    /** libxl's files by name, as they are. */
    Map<String, String> files() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(host.userdata())) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }

    private long entries() throws IOException {
        String text;
        try (Stream<Path> files = Files.list(host.userdata())) {
            Path file = files.filter(
                            path -> path.getFileName().toString().startsWith("userdata-d." + host.domid() + "."))
                    .findFirst()
                    .orElseThrow();
            text = Files.readString(file);
        }
        JsonNode template = JSON.readTree(text.substring(0, text.indexOf('\0')));
        JsonNode array = template.path(kind.equals("vbd") ? "disks" : "nics");
        long count = 0;
        for (JsonNode entry : array) {
            boolean is = kind.equals("vbd")
                    ? entry.path("vdev").asText().equals("xvdb")
                    : entry.path("devid").asInt() == id;
            count += is ? 1 : 0;
        }
        return count;
    }

    private List<String> marks() throws IOException {
        try (Stream<Path> files = Files.list(host.setUp())) {
            return files.map(Path::toString).toList();
        }
    }

    /** The processes that work for the device. */
    List<String> scriptsRunning() throws IOException {
        String sign = "XENBUS_PATH=backend/" + kind + "/" + host.domid() + "/" + id;
        List<String> running = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(p -> p.getFileName().toString().matches("\\d+"))
                    .toList()) {
                String environment = textOf(process.resolve("environ"));
                if (List.of(environment.split("\0")).contains(sign)) {
                    running.add(process + " " + textOf(process.resolve("cmdline")));
                }
            }
        }
        return running;
    }

    /** Empty when the process has gone meanwhile. */
    static String textOf(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(host.userdata())) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("userdata-d."))
                    .toList();
        }
    }
}
