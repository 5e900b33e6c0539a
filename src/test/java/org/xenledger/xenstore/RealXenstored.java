// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.xenledger.xenstore.client.Deadline;
import org.xenledger.xenstore.client.Transaction;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstoreException;

/**
 * A real daemon of Xen on a temporary directory, with the stub of src/test/native in place of the hypervisor. Where the
 * daemon or what the stub needs is not installed, the test is skipped and says which packages are missing.
 *
 * <p>To be closed; that ends the process which was started here, and no other.
 */
public final class RealXenstored implements DaemonUnderTest {
    /** Which implementation. */
    public enum Daemon {
        XENSTORED,
        OXENSTORED;

        String program() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int RING_BYTES = 4096;

    private final Daemon daemon;
    private final Path directory;
    private Process process;

    private RealXenstored(Daemon daemon, Path directory) {
        this.daemon = daemon;
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    /** Starts an empty store, in which only Domain-0 is known. */
    public static RealXenstored start(Daemon daemon) {
        try {
            RealXenstored real = new RealXenstored(daemon, Files.createTempDirectory("xs"));
            Files.createDirectory(real.directory.resolve("domains"));
            real.start();
            return real;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start() throws IOException {
        start(socket());
    }

    /**
     * Ends it and starts it again with what it held, as a live update of the daemon does; connections, watches and open
     * transactions are lost. Nobody can connect before all of it is there.
     *
     * @param held the whole store, with permissions
     * @param domains the guests that it serves
     */
    public void restartWith(XenstoreTree held, Set<Integer> domains) throws IOException {
        stop();
        Path hidden = directory.resolve("filling");
        start(hidden);
        try (XenstoreClient filler = XenstoreClient.open(hidden)) {
            filler.transaction(transaction -> {
                held.root().children().forEach(node -> fill(transaction, "/" + node.name(), node));
                return null;
            });
            for (int domid : domains) {
                introduce(domid, filler);
            }
        }
        Files.move(hidden, socket(), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void fill(Transaction transaction, String path, XenstoreNode node) {
        transaction.write(path, node.value());
        node.permissions().ifPresent(permissions -> transaction.setPermissions(path, permissions));
        node.children().forEach(child -> fill(transaction, path + "/" + child.name(), child));
    }

    private void start(Path socket) throws IOException {
        Path program = XenstoredStub.program(daemon.program());
        Path stub = XenstoredStub.library();
        Path domains = directory.resolve("domains");
        Files.write(domains.resolve("0"), new byte[RING_BYTES]);
        Files.deleteIfExists(socket);
        ProcessBuilder builder = new ProcessBuilder(command(daemon, program, directory))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment().put("LD_PRELOAD", stub.toString());
        builder.environment().put("XENSTUB_DOMAINS", domains.toString());
        builder.environment().put("XENSTUB_SOCKET", socket.toString());
        builder.environment().put("XENSTORED_RUNDIR", directory.toString());
        builder.environment().put("XENSTORED_PATH", socket.toString());
        process = builder.start();
        awaitAnswer(socket);
    }

    @Override
    public void stop() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    @Override
    public void pause() throws IOException {
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                .start()
                .onExit()
                .join();
    }

    @Override
    public Set<OxenstoredDifference> differences() {
        return daemon == Daemon.OXENSTORED
                ? EnumSet.allOf(OxenstoredDifference.class)
                : EnumSet.noneOf(OxenstoredDifference.class);
    }

    private static List<String> command(Daemon daemon, Path program, Path directory) throws IOException {
        if (daemon == Daemon.XENSTORED) {
            return List.of(
                    program.toString(),
                    "-N",
                    "--pid-file",
                    directory.resolve("pid").toString());
        }
        // the limits are the C daemon's, so that both can hold the same store
        String configuration = """
                pid-file = %1$s/pid
                xenstored-log-file = %1$s/oxenstored.log
                xenstored-kva = /proc/xen/xsd_kva
                xenstored-port = /proc/xen/xsd_port
                persistent = false
                quota-maxsize = 4096
                quota-path-max = 2048
                """.formatted(directory);
        Path file = Files.writeString(directory.resolve("oxenstored.conf"), configuration);
        // at each turn of its access log it would write its database beside that of the machine's own daemon
        return List.of(program.toString(), "--no-fork", "--no-access-log", "--config-file", file.toString());
    }

    private void awaitAnswer(Path socket) throws IOException {
        Deadline deadline = Deadline.in(Duration.ofSeconds(20));
        while (!Files.exists(socket) || !answers(socket)) {
            if (deadline.passed() || !process.isAlive()) {
                String log = Files.readString(directory.resolve("log"));
                close();
                throw new IllegalStateException("the daemon does not start: " + log);
            }
        }
    }

    private static boolean answers(Path socket) {
        try (XenstoreClient client = XenstoreClient.open(socket, Duration.ofSeconds(5))) {
            return client.isIntroduced(0);
        } catch (XenstoreException e) {
            return false;
        }
    }

    @Override
    public Path socket() {
        return directory.resolve("socket");
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void introduce(int domid, XenstoreClient client) throws IOException {
        create(domid);
        client.introduce(domid, 1, 3);
    }

    @Override
    public void create(int domid) throws IOException {
        Files.write(domain(Integer.toString(domid)), new byte[RING_BYTES]);
    }

    @Override
    public void shutDown(int domid) throws IOException {
        Files.createFile(domain(domid + ".shutdown"));
    }

    @Override
    public void destroy(int domid) throws IOException {
        Files.deleteIfExists(domain(domid + ".shutdown"));
        Files.delete(domain(Integer.toString(domid)));
    }

    @Override
    public RingGuest guest(int domid) {
        return new RingGuest(domain(Integer.toString(domid)));
    }

    private Path domain(String name) {
        return directory.resolve("domains").resolve(name);
    }

    /** What the real xenstore-ls prints, into a file. */
    public Path list(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "ls", ".txt");
        List<String> command = new ArrayList<>(List.of("xenstore-ls"));
        command.addAll(List.of(arguments));
        assumeTrue(XenstoredStub.inPath("xenstore-ls"), XenstoredStub.SKIPPED + "install xenstore-utils");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile());
        builder.environment().put("XENSTORED_PATH", socket().toString());
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException("xenstore-ls failed");
        }
        return output;
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
