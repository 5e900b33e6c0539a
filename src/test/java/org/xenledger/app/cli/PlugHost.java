// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.xenledger.app.Session;
import org.xenledger.app.Settings;
import org.xenledger.ledger.Child;
import org.xenledger.toolstack.OneHost;
import org.xenledger.toolstack.simulation.DaemonHypervisor;
import org.xenledger.toolstack.simulation.GuestPlan;
import org.xenledger.toolstack.simulation.Knobs;
import org.xenledger.toolstack.simulation.SimulatedHost;
import org.xenledger.xenstore.ReadLimits;
import org.xenledger.xenstore.RealXenstored;
import org.xenledger.xenstore.RealXenstored.Daemon;
import org.xenledger.xenstore.RingGuest;
import org.xenledger.xenstore.Snapshot;
import org.xenledger.xenstore.XenstoreTree;
import org.xenledger.xenstore.client.XenstoreClient;

/**
 * A host to plug on: the real xenstored, a guest with a disk and a nic on it whose drivers follow, libxl's files, and hotplug
 * scripts that are real processes and leave a file behind for what they set up.
 */
public final class PlugHost implements AutoCloseable {
    static final String NAME = "guest1";

    private final Path directory;
    private final Path userdata;
    private final RealXenstored daemon;
    private final XenstoreClient client;
    private final SimulatedHost host;
    private final int domid;

    public PlugHost(Path directory) throws IOException {
        this.directory = directory;
        this.userdata = Files.createDirectories(directory.resolve("xen"));
        this.daemon = RealXenstored.start(Daemon.XENSTORED);
        this.client = XenstoreClient.open(daemon.socket());
        this.host = new SimulatedHost(client, userdata, new DaemonHypervisor(daemon), InstantSource.system());
        this.domid = host.create(GuestPlan.sample(1));
        Files.createDirectories(scripts());
        Files.createDirectories(setUp());
        Files.writeString(image(), "a disk");
        script("block", "physical-device");
        script("vif-bridge", "hotplug-status");
        OneHost.enter();
    }

    /** What the scripts have set up and not taken down again, as loop devices and bridge ports would be. */
    public Path setUp() {
        return directory.resolve("set-up");
    }

    public Path scripts() {
        return directory.resolve("scripts");
    }

    /** For the guest's second disk. */
    public Path image() {
        return directory.resolve("disk.img");
    }

    public Path socket() {
        return daemon.socket();
    }

    public Path userdata() {
        return userdata;
    }

    public Path store() {
        return directory.resolve("ledger");
    }

    public int domid() {
        return domid;
    }

    public XenstoreClient client() {
        return client;
    }

    /** The guest itself, without its drivers: what it may do, and no more. */
    public RingGuest guest() {
        return daemon.guest(domid);
    }

    public SimulatedHost host() {
        return host;
    }

    public Knobs knobs() {
        return host.knobs();
    }

    /** Runs before what a script does; {@code sleep 60} makes it slow, {@code exit 1} lets it fail. */
    public void scriptFirst(String line) throws IOException {
        Files.writeString(scripts().resolve("first"), line + "\n");
    }

    /** The options that say where this host and its ledger are. */
    private List<String> options() {
        return List.of(
                "--store", store().toString(), "--xenstore", socket().toString(), "--userdata", userdata.toString());
    }

    /** A command on this host. */
    public Cli.Result run(String... arguments) {
        return run(List.of(arguments));
    }

    public Cli.Result run(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(options());
        return Cli.runWithoutStore(all.toArray(String[]::new));
    }

    /** A command on this host, with something that happens the first time that it is at a point of its own. */
    Cli.Result runAt(String point, Runnable act, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(options());
        AtomicBoolean first = new AtomicBoolean(true);
        CrashPoints wiring = new CrashPoints(point, () -> {
            if (first.getAndSet(false)) {
                act.run();
            }
        });
        Cli.Result result = Cli.run(wiring, all.toArray(String[]::new));
        if (first.get()) {
            throw new IllegalStateException("it never was " + point + ": " + result);
        }
        return result;
    }

    /** Xenstored ends and comes again with all that it held. */
    void restartXenstored() {
        XenstoreTree held = new Snapshot(List.of("/"), ReadLimits.DEFAULT, true).read(client);
        try {
            daemon.restartWith(held, Set.of(domid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same command as a process of its own, which kills itself at a point; 0 for none. */
    public Child child(String point, List<String> arguments) throws IOException {
        return Child.start(childCommand(point, arguments));
    }

    /** The same, killed at a point of what it asks of xenstored. */
    Child childThrough(RequestPoints points, Path socket, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("0"));
        all.addAll(arguments);
        all.addAll(List.of("--store", store().toString(), "--userdata", userdata.toString()));
        all.addAll(List.of("--xenstore", socket.toString()));
        Child child = Child.start(CrashProgram.class, all.toArray(String[]::new));
        points.on(child);
        return child;
    }

    /** How that process is started. */
    List<String> childCommand(String point, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(point));
        all.addAll(arguments);
        all.addAll(options());
        return Child.command(List.of(), CrashProgram.class, all.toArray(String[]::new));
    }

    /** Somebody edits the guest's libxl-json by hand. */
    void editTemplate(Consumer<ObjectNode> edit) throws IOException {
        Path file = libxlJson();
        JsonMapper json = new JsonMapper();
        ObjectNode template = (ObjectNode) json.readTree(Files.readString(file).replace("\0", ""));
        edit.accept(template);
        Files.writeString(file, json.writeValueAsString(template) + "\n\0");
    }

    /** The guest's. */
    Path libxlJson() {
        String uuid = client.read("/local/domain/" + domid + "/vm").substring("/vm/".length());
        return userdata.resolve("userdata-d." + domid + "." + uuid + ".libxl-json");
    }

    /** The program itself as a process of its own; what it says is read from the process. */
    Process program(String... arguments) throws IOException {
        return program(List.of(arguments));
    }

    Process program(List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(options());
        return new ProcessBuilder(Child.command(List.of(), Main.class, all.toArray(String[]::new))).start();
    }

    /** For what works on this host without the command line. */
    public Session session() {
        return new Session(new Settings(store().toString(), socket(), null, userdata, null, "", null));
    }

    /** The command that gives the guest its second disk, xvdb. */
    public List<String> attachDisk(String... more) {
        List<String> all = new ArrayList<>(List.of("attach", NAME, "disk", "vdev=xvdb,format=raw,target=" + image()));
        all.addAll(List.of("--scripts", scripts().toString()));
        all.addAll(List.of(more));
        return all;
    }

    /** The command that takes it away. */
    public List<String> detachDisk(String... more) {
        List<String> all = new ArrayList<>(List.of("detach", NAME, "disk", "xvdb"));
        all.addAll(List.of(more));
        return all;
    }

    private void script(String name, String sign) throws IOException {
        Path script = scripts().resolve(name);
        Files.writeString(script, """
                #!/bin/sh
                export XENSTORED_PATH=%s
                node="/local/domain/0/$XENBUS_PATH"
                mark="%s/$(echo "$XENBUS_PATH" | tr / _)"
                case "$1" in
                remove|offline)
                    rm -f "$mark"
                    exit 0;;
                esac
                [ ! -e "%s/first" ] || . "%s/first"
                echo $$ > "$mark"
                xenstore-write "$node/%s" 7:0 "$node/hotplug-status" connected
                """.formatted(daemon.socket(), setUp(), scripts(), scripts(), sign));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Override
    public void close() {
        try {
            host.close();
            client.close();
            daemon.close();
        } finally {
            OneHost.leave();
        }
    }
}
