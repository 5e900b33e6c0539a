// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenledger.xenstore.RealXenstored.Daemon;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstoreException;
import org.xenledger.xenstore.wire.XenstorePermission;

/** Against the real daemons; {@code xenstore-ls} is the judge. */
class LiveReadTest {
    private static final String DATA = "/local/domain/1/data";

    private RealXenstored real;
    private XenstoreClient writer;

    private void start(Daemon daemon) throws IOException {
        real = RealXenstored.start(daemon);
        writer = XenstoreClient.open(real.socket());
        real.introduce(1, writer);
    }

    @AfterEach
    void stop() {
        if (writer != null) {
            writer.close();
        }
        if (real != null) {
            real.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Daemon.class)
    void dumpsWithFullPathsOfANastyStoreGiveTheTreeOfALiveRead(Daemon daemon) throws Exception {
        start(daemon);
        NastyStore.fill(writer);
        if (daemon == Daemon.XENSTORED) {
            NastyStore.fillLongList(writer, DATA + "/many");
        }

        XenstoreTree live = read(List.of("/"), true);
        XenstoreTree dumped = dump("/", "-fp", "/");

        assertThat(live.gaps()).isEmpty();
        assertThat(dumped.gaps()).isEmpty();
        // the root's own permissions are in no dump
        assertThat(dumped.root().children()).isEqualTo(live.root().children());
        assertThat(dump("/", "-f", "/").root())
                .isEqualTo(read(List.of("/"), false).root());
        assertThat(dump("/", "-fp", "/local").find("/local/domain")).isEqualTo(live.find("/local/domain"));
    }

    @ParameterizedTest
    @EnumSource(Daemon.class)
    void dumpsWithoutFullPathsGiveTheTreeOfALiveReadWhereTheyWereNotCut(Daemon daemon) throws Exception {
        start(daemon);
        NastyStore.fill(writer);

        XenstoreTree live = read(List.of("/"), true);
        XenstoreTree dumped = dump("/", "-p", "/");

        assertThat(dumped.gaps())
                .extracting(Gap::path)
                .contains(DATA + "/long", DATA + "/all-bytes")
                .doesNotContain(DATA + "/quotes", DATA + "/nul");
        for (String name : List.of("newlines", "quotes", "looks-like-permissions", "backslashes", "nul", "empty")) {
            assertThat(dumped.find(DATA + "/" + name)).isEqualTo(live.find(DATA + "/" + name));
        }
        assertThat(live.value(DATA + "/long").orElseThrow())
                .startsWith(dumped.value(DATA + "/long").orElseThrow());
        assertThat(dump("/libxl", "/libxl").find("/libxl"))
                .isEqualTo(readLibxl().find("/libxl"));
    }

    @ParameterizedTest
    @EnumSource(Daemon.class)
    void valuesAreReadByteForByte(Daemon daemon) throws Exception {
        start(daemon);
        NastyStore.fill(writer);

        XenstoreTree live = read(Snapshot.DOMAIN_ROOTS, true);

        assertThat(live.value(DATA + "/all-bytes").orElseThrow().chars())
                .containsExactlyElementsOf(IntStream.range(0, 256).boxed().toList());
        assertThat(live.value(DATA + "/nul")).contains("a\0b\0");
        assertThat(live.value(DATA + "/empty")).contains("");
        assertThat(live.value(DATA + "/long").orElseThrow()).hasSize(4000);
        assertThat(live.find(DATA + "/quotes").orElseThrow().permissions().orElseThrow())
                .hasToString("[n0, r1, b32751]");
        assertThat(live.find("/tool")).as("not asked for").isEmpty();
        assertThat(live.whole()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Daemon.class)
    void aListOfChildrenLongerThanAReplyMayBeIsReadWhole(Daemon daemon) throws Exception {
        start(daemon);
        NastyStore.fillLongList(writer, "/libxl/many");

        assertThat(readLibxl().children("/libxl/many"))
                .hasSize(300)
                .allSatisfy(child -> assertThat(child.name()).isEqualTo("a-rather-long-name-" + child.value()));
    }

    @ParameterizedTest
    @EnumSource(Daemon.class)
    void rootsThatDoNotExistAreMissingFromAWholeTree(Daemon daemon) throws Exception {
        start(daemon);
        XenstoreTree tree = read(List.of("/libxl", "/vm"), false);

        assertThat(tree.find("/libxl")).isEmpty();
        assertThat(tree.whole()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Daemon.class)
    void whatExceedsALimitIsLeftOutAndSaidWithItsPlace(Daemon daemon) throws Exception {
        start(daemon);
        NastyStore.fill(writer);
        NastyStore.fillLongList(writer, "/libxl/many");

        XenstoreTree tree = read(new ReadLimits(1000, 1 << 20, 20, 299, Duration.ofSeconds(30)));
        assertThat(tree.gaps())
                .containsExactly(
                        new Gap("/libxl/many", Gap.Reason.CHILDREN), new Gap(DATA + "/d".repeat(16), Gap.Reason.DEPTH));
        assertThat(tree.children("/libxl/many")).hasSize(299);
        assertThat(tree.wholeAt("/libxl")).isFalse();
        assertThat(tree.wholeAt("/libxl/many/a-rather-long-name-0")).isFalse();
        assertThat(tree.wholeAt("/libxl/1")).isTrue();

        assertThat(read(new ReadLimits(100, 1 << 20, 128, 1000, Duration.ofSeconds(30)))
                        .gaps())
                .contains(new Gap("/libxl/many", Gap.Reason.NODES));
        assertThat(read(new ReadLimits(1000, 3000, 128, 1000, Duration.ofSeconds(30)))
                        .gaps())
                .extracting(Gap::reason)
                .containsOnly(Gap.Reason.BYTES);
    }

    @ParameterizedTest
    @EnumSource(Daemon.class)
    void whileTheStoreChangesAWholeTreeIsOneMomentOfIt(Daemon daemon) throws Exception {
        start(daemon);
        for (int i = 0; i < 300; i++) {
            writer.write("/libxl/filler/n" + i, "");
        }
        writer.write("/libxl/a/first", "0");
        writer.write("/libxl/made/here/0", "");
        writer.write("/libxl/z/second", "0");
        AtomicBoolean stop = new AtomicBoolean();
        Thread other = new Thread(() -> changePairs(stop));
        other.start();
        int whole = 0;
        try {
            for (int i = 0; i < 50; i++) {
                XenstoreTree tree = readLibxl();
                if (tree.whole()) {
                    whole++;
                    int first = Integer.parseInt(tree.value("/libxl/a/first").orElseThrow());
                    int second = Integer.parseInt(tree.value("/libxl/z/second").orElseThrow());
                    assertThat(first - second).isBetween(0, 1);
                    if (first == second) {
                        assertThat(tree.children("/libxl/made/here"))
                                .extracting(XenstoreNode::name)
                                .containsExactly(Integer.toString(first));
                    }
                }
            }
        } finally {
            stop.set(true);
            other.join();
        }
        assertThat(whole).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Daemon.class)
    void theNodesOfADeadDomainAreGone(Daemon daemon) throws Exception {
        start(daemon);
        writer.write(DATA + "/mine", "");
        writer.setPermissions(DATA + "/mine", List.of(new XenstorePermission('n', 1)));
        assertThat(read(Snapshot.DOMAIN_ROOTS, false).find(DATA + "/mine")).isPresent();

        real.destroy(1);
        await().untilAsserted(
                        () -> assertThat(read(Snapshot.DOMAIN_ROOTS, false).find(DATA + "/mine"))
                                .isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Daemon.class)
    void aStoppedDaemonIsAnErrorAfterTheTimeGiven(Daemon daemon) throws Exception {
        start(daemon);
        new ProcessBuilder("kill", "-STOP", Long.toString(real.pid())).start().waitFor();

        ReadLimits brief = new ReadLimits(10, 10, 10, 10, Duration.ofMillis(200));
        assertThatThrownBy(() -> read(brief))
                .isInstanceOf(XenstoreException.class)
                .hasMessageContaining("check that it is not stopped");
    }

    /** Without a transaction, always in this order. */
    private void changePairs(AtomicBoolean stop) {
        try (XenstoreClient changer = XenstoreClient.open(real.socket())) {
            for (int i = 1; !stop.get(); i++) {
                changer.write("/libxl/a/first", Integer.toString(i));
                changer.remove("/libxl/made");
                changer.write("/libxl/made/here/" + i, "");
                changer.write("/libxl/z/second", Integer.toString(i));
                if (i % 50 == 0) {
                    LockSupport.parkNanos(2_000_000);
                }
            }
        }
    }

    private XenstoreTree read(List<String> roots, boolean permissions) {
        return new Snapshot(roots, ReadLimits.DEFAULT, permissions).read(writer);
    }

    private XenstoreTree read(ReadLimits limits) {
        try (XenstoreClient client = XenstoreClient.open(real.socket(), limits.time())) {
            return new Snapshot(List.of("/libxl", "/local/domain"), limits, false).read(client);
        }
    }

    private XenstoreTree readLibxl() {
        return read(List.of("/libxl"), false);
    }

    private XenstoreTree dump(String base, String... arguments) throws Exception {
        Path file = real.list(arguments);
        try (InputStream in = Files.newInputStream(file)) {
            return new DumpReader(ReadLimits.DEFAULT).read(in, base);
        }
    }
}
