// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenledger.xenstore.DaemonKind;
import org.xenledger.xenstore.DaemonUnderTest;
import org.xenledger.xenstore.RawConnection;
import org.xenledger.xenstore.RawSocket;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** What random sessions seldom come upon, or only a deliberate client does; the embedded server as the C daemon. */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = DaemonKind.class,
        names = {"EMBEDDED", "XENSTORED"})
class DaemonBehaviourTest {
    private static final Duration BRIEF = Duration.ofMillis(300);

    @Parameter
    DaemonKind kind;

    private DaemonUnderTest daemon;
    private RawSocket tool;

    @BeforeEach
    void start() {
        daemon = kind.start();
        tool = new RawSocket(daemon.socket());
    }

    @AfterEach
    void stop() {
        if (daemon != null) {
            tool.close();
            daemon.close();
        }
    }

    @Test
    void aNodeThatIsMadeAgainBelowARemovedOneIsToldToThoseAboveToo() {
        tool.ask(MessageType.WRITE, "/a/b\0x");
        watch("/a");
        int transaction = begin();
        in(transaction, MessageType.RM, "/a\0");
        in(transaction, MessageType.WRITE, "/a/b\0y");

        assertThat(eventsUntilReply(transaction, MessageType.TRANSACTION_END, "T\0"))
                .containsExactly("/a", "/a/b");
    }

    @Test
    void aNodeBelowARemovedOneIsToldOnlyToThoseWhoWatchIt() {
        tool.ask(MessageType.WRITE, "/a/b\0x");
        watch("/");
        watch("/a/b");

        assertThat(eventsUntilReply(0, MessageType.RM, "/a\0")).containsExactly("/a/b", "/a");
    }

    @Test
    void soIsOneThatATransactionRemoved() {
        tool.ask(MessageType.WRITE, "/a/b\0x");
        watch("/");
        watch("/a/b");
        int transaction = begin();
        in(transaction, MessageType.RM, "/a\0");

        assertThat(eventsUntilReply(transaction, MessageType.TRANSACTION_END, "T\0"))
                .containsExactlyInAnyOrder("/a/b", "/a");
    }

    @Test
    void equalEventsThatWaitAreSentOnceAndSpecialOnesEachTime() throws IOException {
        watch("/a");
        watch("@introduceDomain");
        daemon.create(1);
        daemon.create(2);
        for (int i = 0; i < 200; i++) {
            tool.send(new Frame(MessageType.WRITE.code(), 7, 0, "/a\0" + i));
        }
        for (int domid = 1; domid <= 2; domid++) {
            tool.send(new Frame(MessageType.INTRODUCE.code(), 7, 0, domid + "\0001\0003\0"));
        }
        List<String> events = eventsUntilReply(0, MessageType.GET_DOMAIN_PATH, "0\0");

        assertThat(events).filteredOn("@introduceDomain"::equals).hasSize(2);
        assertThat(events).filteredOn("/a"::equals).hasSizeBetween(1, 199);
    }

    @Test
    void aRequestThatIsTooLongEndsTheConnectionAndNoOther() {
        RawSocket other = new RawSocket(daemon.socket());
        other.send(new Frame(MessageType.WRITE.code(), 1, 0, "/a\0" + "v".repeat(4096)));

        assertThat(other.receive(RawConnection.PATIENCE)).isEmpty();
        assertThat(other.isClosed()).isTrue();
        assertThat(tool.ask(MessageType.READ, "/a\0").body()).isEqualTo("ENOENT\0");
        assertThat(tool.ask(MessageType.WRITE, "/a\0" + "v".repeat(4093)).type())
                .isEqualTo(MessageType.WRITE.code());
    }

    @Test
    void partsOfARequestWaitForTheRestAndHoldNobodyUp() {
        RawSocket slow = new RawSocket(daemon.socket());
        ByteBuffer bytes = new Frame(MessageType.WRITE.code(), 1, 0, "/a\0value").encode();
        for (int i = 0; i < bytes.limit() - 1; i++) {
            slow.send(bytes.slice(i, 1));
        }
        assertThat(slow.receive(BRIEF)).isEmpty();
        assertThat(tool.ask(MessageType.READ, "/a\0").body()).isEqualTo("ENOENT\0");

        slow.send(bytes.slice(bytes.limit() - 1, 1));
        assertThat(slow.receive(RawConnection.PATIENCE)).map(Frame::body).contains("OK\0");
        assertThat(tool.ask(MessageType.READ, "/a\0").body()).isEqualTo("value");
    }

    @Test
    void aDomainThatAnotherServesOutlivesItsRelease() throws IOException {
        for (int domid = 1; domid <= 2; domid++) {
            daemon.create(domid);
            tool.ask(MessageType.INTRODUCE, domid + "\0001\0003\0");
        }
        tool.ask(MessageType.WRITE, "/local/domain/2/data\0");
        tool.ask(MessageType.SET_PERMS, "/local/domain/2/data\0n2\0");
        tool.ask(MessageType.SET_TARGET, "1\0002\0");
        assertThat(daemon.guest(1)
                        .ask(MessageType.WRITE, "/local/domain/2/data/by-its-device-model\0")
                        .body())
                .isEqualTo("OK\0");

        assertThat(tool.ask(MessageType.RELEASE, "2\0").body()).isEqualTo("OK\0");
        assertThat(tool.ask(MessageType.IS_DOMAIN_INTRODUCED, "2\0").body()).isEqualTo("T\0");
        assertThat(tool.ask(MessageType.RELEASE, "1\0").body()).isEqualTo("OK\0");
        assertThat(tool.ask(MessageType.RELEASE, "2\0").body()).isEqualTo("OK\0");
        assertThat(tool.ask(MessageType.IS_DOMAIN_INTRODUCED, "2\0").body()).isEqualTo("F\0");
        assertThat(tool.ask(MessageType.READ, "/local/domain/2/data\0").body()).isEqualTo("ENOENT\0");
    }

    @Test
    void aDeadDomainThatAnotherServesStaysIntroducedAsLongAsThatOne() throws IOException {
        for (int domid = 1; domid <= 2; domid++) {
            daemon.create(domid);
            tool.ask(MessageType.INTRODUCE, domid + "\0001\0003\0");
        }
        tool.ask(MessageType.SET_TARGET, "1\0002\0");
        daemon.destroy(2);
        // the real daemon hears of it in a turn of its own
        while (!tool.ask(MessageType.RESUME, "2\0").body().equals("EINVAL\0")) {
            assertThat(daemon.socket()).exists();
        }
        assertThat(tool.ask(MessageType.IS_DOMAIN_INTRODUCED, "2\0").body()).isEqualTo("T\0");
        // not over the connection right before the domain's: in that order of them the C daemon frees one too many
        try (RawSocket later = new RawSocket(daemon.socket())) {
            later.ask(MessageType.RELEASE, "1\0");
        }
        assertThat(tool.ask(MessageType.IS_DOMAIN_INTRODUCED, "2\0").body()).isEqualTo("F\0");
    }

    @Test
    void anEntryThatMeantAnEarlierDomainGivesTheNextOfItsNumberNothing() throws IOException {
        daemon.create(1);
        tool.ask(MessageType.INTRODUCE, "1\0001\0003\0");
        tool.ask(MessageType.WRITE, "/secret\0x");
        tool.ask(MessageType.SET_PERMS, "/secret\0n0\0r1\0");
        assertThat(daemon.guest(1).ask(MessageType.READ, "/secret\0").body()).isEqualTo("x");

        tool.ask(MessageType.RELEASE, "1\0");
        // it is by the count of changes that the two are told apart
        tool.ask(MessageType.WRITE, "/other\0x");
        tool.ask(MessageType.INTRODUCE, "1\0001\0003\0");
        assertThat(daemon.guest(1).ask(MessageType.READ, "/secret\0").body()).isEqualTo("EACCES\0");
        assertThat(tool.ask(MessageType.GET_PERMS, "/secret\0").body()).isEqualTo("n0\0r1\0");
    }

    /** With a token of its own, as equal events of two watches would be one. */
    private void watch(String path) {
        tool.ask(MessageType.WATCH, path + "\0t" + path + "\0");
        tool.receive(RawConnection.PATIENCE);
    }

    private int begin() {
        return Integer.parseInt(
                tool.ask(MessageType.TRANSACTION_START, "\0").body().trim());
    }

    private void in(int transaction, MessageType type, String body) {
        assertThat(eventsUntilReply(transaction, type, body)).isEmpty();
    }

    private List<String> eventsUntilReply(int transaction, MessageType type, String body) {
        tool.send(new Frame(type.code(), 99, transaction, body));
        List<String> events = new ArrayList<>();
        while (true) {
            Optional<Frame> frame = tool.receive(RawConnection.PATIENCE);
            if (frame.orElseThrow().request() == 99) {
                assertThat(frame.get().is(MessageType.ERROR)).isFalse();
                return events;
            }
            if (frame.get().is(MessageType.WATCH_EVENT)) {
                events.add(frame.get().strings().get(0));
            }
        }
    }
}
