// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstoreSocket;

/** Xen's own tools find the embedded server what they find the C daemon. */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = DaemonKind.class,
        names = {"EMBEDDED", "XENSTORED"})
class XenstoreToolsTest {
    /** What a tool printed, and how it ended. */
    private record Result(int status, String output, String errors) {}

    @Parameter
    DaemonKind kind;

    @TempDir
    private Path directory;

    private DaemonUnderTest daemon;
    private XenstoreClient client;

    @BeforeEach
    void start() {
        daemon = kind.start();
        client = XenstoreClient.open(daemon.socket());
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void writeAndRead() throws Exception {
        assertThat(run("xenstore-write", "/a/b", "one", "/a/c", "")).isEqualTo(new Result(0, "", ""));
        assertThat(client.read("/a/b")).isEqualTo("one");
        client.write("/a/raw", "\u0001\u00ff\"\\\n");
        assertThat(run("xenstore-read", "/a/b", "/a/raw")).isEqualTo(new Result(0, "one\n\\001\\xff\"\\\\\\n\n", ""));
        assertThat(run("xenstore-read", "-p", "/a/b").output()).isEqualTo("/a/b: one\n");
        assertThat(run("xenstore-read", "/none"))
                .isEqualTo(new Result(1, "", "xenstore-read: couldn't read path /none\n"));
    }

    @Test
    void listAndExists() throws Exception {
        for (int i = 0; i < 1200; i++) {
            client.makeDirectory("/many/n" + i);
        }
        assertThat(run("xenstore-list", "/many").output().lines())
                .as("more than one reply can hold")
                .hasSize(1200)
                .startsWith("n0", "n1");
        assertThat(run("xenstore-exists", "/many/n1199").status()).isZero();
        assertThat(run("xenstore-exists", "/many/n1200").status()).isEqualTo(1);
    }

    @Test
    void removeWithTheEmptyNodesAbove() throws Exception {
        client.write("/a/b/c", "");
        client.write("/a/d", "value");
        assertThat(run("xenstore-rm", "/a/b/c").status()).isZero();
        assertThat(client.children("/a")).containsExactly("b", "d");
        assertThat(run("xenstore-rm", "-t", "/a/d").status()).isZero();
        assertThat(client.children("/a")).containsExactly("b");
        client.write("/x/y/z", "");
        assertThat(run("xenstore-rm", "-t", "/x/y/z").status()).isZero();
        assertThat(client.children("/")).doesNotContain("x");
        assertThat(run("xenstore-rm", "/none/x").status()).isEqualTo(1);
    }

    @Test
    void permissionsAlsoOfAWholeTree() throws Exception {
        daemon.introduce(1, client);
        client.write("/a/b", "");
        assertThat(run("xenstore-chmod", "-r", "/a", "n1", "r0").status()).isZero();
        assertThat(client.permissions("/a")).hasToString("[n1, r0]");
        assertThat(client.permissions("/a/b")).hasToString("[n1, r0]");
        assertThat(run("xenstore-chmod", "/a", "q1").status()).isEqualTo(1);
        assertThat(client.permissions("/a")).hasToString("[n1, r0]");
    }

    @Test
    void everyFormOfLsIsTheTreeThatIsReadLive() throws Exception {
        NastyStore.fill(client);
        assertThat(dump("-f", "-p").root().children()).isEqualTo(live(true));
        assertThat(dump("-f").root().children()).isEqualTo(live(false));
        for (String form : List.of("", "-p")) {
            XenstoreTree cut = dump(form);
            assertThat(cut.gaps()).isNotEmpty().allMatch(gap -> gap.reason() == Gap.Reason.CUT);
            assertThat(cut.value("/vm/5814e8a6-6120-43fd-bb68-051553960d55/name"))
                    .contains("guest");
        }
    }

    private List<XenstoreNode> live(boolean withPermissions) {
        return new Snapshot(List.of("/"), ReadLimits.DEFAULT, withPermissions)
                .read(client)
                .root()
                .children();
    }

    @Test
    void watchTellsOfChangesUntilItHasSeenEnough() throws Exception {
        Process watch =
                start("xenstore-watch", "-n", "3", "/a", "@releaseDomain").start();
        try (BufferedReader lines = watch.inputReader()) {
            assertThat(List.of(lines.readLine(), lines.readLine())).containsExactly("/a", "@releaseDomain");
            client.write("/b", "");
            client.write("/a/b", "");
            assertThat(lines.readLine()).isEqualTo("/a/b");
            assertThat(lines.readLine()).isNull();
        }
        assertThat(watch.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** The judge of where a tool of Xen looks is one; ours looks there, too. */
    @Test
    void theEnvironmentNamesTheSocketAsItDoesForLibxenstore() throws Exception {
        client.write("/a", "here");
        String socket = daemon.socket().toString();
        String rundir = daemon.socket().getParent().toString();
        String elsewhere = directory.toString();
        for (Map<String, String> variables : List.of(
                Map.of("XENSTORED_PATH", socket),
                Map.of("XENSTORED_RUNDIR", rundir),
                Map.of("XENSTORED_PATH", socket, "XENSTORED_RUNDIR", elsewhere),
                Map.of("XENSTORED_PATH", elsewhere + "/none", "XENSTORED_RUNDIR", rundir))) {
            boolean there = readWith(variables) == 0;
            assertThat(XenstoreSocket.of(variables).equals(daemon.socket()))
                    .as("%s", variables)
                    .isEqualTo(there);
        }
        assertThat(readWith(Map.of("XENSTORED_RUNDIR", rundir))).isZero();
    }

    private int readWith(Map<String, String> variables) throws Exception {
        ProcessBuilder read =
                start("xenstore-read", "/a").redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        read.environment().keySet().removeIf(name -> name.startsWith("XENSTORED_"));
        read.environment().putAll(variables);
        return read.start().waitFor();
    }

    private XenstoreTree dump(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("xenstore-ls"));
        Stream.of(options).filter(option -> !option.isEmpty()).forEach(command::add);
        Result result = run(command.toArray(String[]::new));
        assertThat(result.errors()).isEmpty();
        return new DumpReader(ReadLimits.DEFAULT)
                .read(new ByteArrayInputStream(result.output().getBytes(StandardCharsets.ISO_8859_1)));
    }

    private ProcessBuilder start(String... command) {
        assumeTrue(XenstoredStub.inPath(command[0]), XenstoredStub.SKIPPED + "install xenstore-utils");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("XENSTORED_PATH", daemon.socket().toString());
        return builder;
    }

    /** Into files, as no tool may wait for its reader. */
    private Result run(String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("out");
        Path errors = directory.resolve("err");
        Process process = start(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command[0] + " does not end");
        }
        return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
    }
}
