// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenledger.xenstore.DaemonKind;
import org.xenledger.xenstore.DaemonUnderTest;
import org.xenledger.xenstore.OxenstoredDifference;
import org.xenledger.xenstore.RawConnection;
import org.xenledger.xenstore.RawSocket;

/** What binds every client, frame by frame and with each daemon; every test has a fresh one, and two connections. */
@ParameterizedClass(name = "{0}")
@EnumSource(DaemonKind.class)
abstract class WireContract {
    private static final int ASKED = 4711;

    @Parameter
    DaemonKind kind;

    DaemonUnderTest daemon;
    RawSocket tool;
    RawSocket other;

    @BeforeEach
    final void start() {
        daemon = kind.start();
        tool = new RawSocket(daemon.socket());
        other = new RawSocket(daemon.socket());
    }

    @AfterEach
    final void stop() {
        if (daemon != null) {
            tool.close();
            other.close();
            daemon.close();
        }
    }

    final boolean differs(OxenstoredDifference difference) {
        return daemon.differences().contains(difference);
    }

    /** The body of the reply, which is the name of an error where it is one. */
    final String ask(RawConnection line, int transaction, MessageType type, String body) {
        List<String> seen = seen(line, transaction, type, body);
        return seen.stream()
                .filter(text -> !text.startsWith("event "))
                .findFirst()
                .orElseThrow();
    }

    final String ask(RawConnection line, MessageType type, String body) {
        return ask(line, 0, type, body);
    }

    /** What comes until everything that the request caused has come: the reply's body, and {@code event PATH}. */
    final List<String> seen(RawConnection line, int transaction, MessageType type, String body) {
        line.send(new Frame(type.code(), ASKED, transaction, body));
        line.send(new Frame(MessageType.GET_DOMAIN_PATH.code(), ASKED + 1, 0, "0\0"));
        List<String> seen = new ArrayList<>();
        for (Frame frame = next(line); frame.request() != ASKED + 1; frame = next(line)) {
            String text =
                    frame.strings().isEmpty() ? frame.body() : frame.strings().get(0);
            seen.add(frame.is(MessageType.WATCH_EVENT) ? "event " + text : text);
        }
        return seen;
    }

    /** The events that came. */
    final List<String> events(RawConnection line) {
        List<String> seen = seen(line, 0, MessageType.GET_DOMAIN_PATH, "0\0");
        return seen.subList(0, seen.size() - 1);
    }

    final int begin(RawConnection line) {
        return Integer.parseInt(ask(line, MessageType.TRANSACTION_START, "\0"));
    }

    /** Watches with a token of its own, and takes the first event. */
    final void watch(RawConnection line, String path) {
        seen(line, 0, MessageType.WATCH, path + "\0t" + path + "\0");
    }

    static Frame next(RawConnection line) {
        return line.receive(RawConnection.PATIENCE).orElseThrow(() -> new AssertionError("no reply"));
    }
}
