// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.OxenstoredDifference;

/** Which events there are, and their order among themselves and among the replies. */
class EventContractTest extends WireContract {
    @Test
    void theAuthorOfAChangeIsToldBeforeTheReply() {
        watch(tool, "/a");
        assertThat(seen(tool, 0, MessageType.WRITE, "/a\0x"))
                .isEqualTo(
                        differs(OxenstoredDifference.AUTHOR_IS_TOLD_AFTER_THE_REPLY)
                                ? List.of("OK", "event /a")
                                : List.of("event /a", "OK"));
    }

    @Test
    void theAuthorOfATransactionIsToldBeforeTheReplyToItsEnd() {
        watch(tool, "/a");
        int transaction = begin(tool);
        assertThat(seen(tool, transaction, MessageType.WRITE, "/a\0x")).containsExactly("OK");
        assertThat(seen(tool, transaction, MessageType.TRANSACTION_END, "T\0")).containsExactly("event /a", "OK");
    }

    @Test
    void aTransactionIsOneEventForEachNodeThatItChanged() {
        ask(tool, MessageType.WRITE, "/a\0");
        watch(other, "/a");
        int transaction = begin(tool);
        for (String path : List.of("/a/y", "/a/x", "/a/y", "/a/brief")) {
            ask(tool, transaction, MessageType.WRITE, path + "\0x");
        }
        ask(tool, transaction, MessageType.RM, "/a/brief\0");
        ask(tool, transaction, MessageType.TRANSACTION_END, "T\0");
        assertThat(events(other))
                .isEqualTo(
                        differs(OxenstoredDifference.EACH_CHANGE_OF_A_TRANSACTION_IS_TOLD)
                                ? List.of("event /a/y", "event /a/x", "event /a/y", "event /a/brief", "event /a/brief")
                                : List.of("event /a/y", "event /a/x"));
    }

    @Test
    void whatIsRemovedIsToldFromTheDeepestWatchUp() {
        ask(tool, MessageType.WRITE, "/a/b/c\0");
        List.of("/", "/a/b", "/a/b/c").forEach(path -> watch(other, path));
        ask(tool, MessageType.RM, "/a\0");
        assertThat(events(other))
                .isEqualTo(
                        differs(OxenstoredDifference.REMOVAL_IS_TOLD_FROM_THE_TOP)
                                ? List.of("event /a", "event /a/b", "event /a/b/c")
                                : List.of("event /a/b/c", "event /a/b", "event /a"));
    }

    @Test
    void equalEventsThatWaitAreOne() {
        watch(tool, "/a");
        int count = 200;
        for (int i = 0; i < count; i++) {
            tool.send(new Frame(MessageType.WRITE.code(), 7, 0, "/a\0" + i));
        }
        List<String> seen = seen(tool, 0, MessageType.GET_DOMAIN_PATH, "0\0");
        assertThat(seen).filteredOn("OK"::equals).hasSize(count);
        if (differs(OxenstoredDifference.EQUAL_EVENTS_ARE_ALL_SENT)) {
            assertThat(seen).filteredOn("event /a"::equals).hasSize(count);
        } else {
            assertThat(seen).filteredOn("event /a"::equals).hasSizeBetween(1, count - 1);
        }
    }

    @Test
    void afterTheReplyToItsEndAWatchSendsNothingWhateverWasOnItsWay() {
        watch(tool, "/a");
        ask(tool, MessageType.WATCH, "/b\0other\0");
        for (int i = 0; i < 50; i++) {
            other.send(new Frame(MessageType.WRITE.code(), 7, 0, "/a/" + i + '\0'));
        }
        tool.send(new Frame(MessageType.UNWATCH.code(), 8, 0, "/a\0t/a\0"));
        for (Frame frame = next(tool); frame.request() != 8; frame = next(tool)) {
            assertThat(frame.is(MessageType.WATCH_EVENT)).isTrue();
        }
        ask(other, MessageType.WRITE, "/b\0");
        assertThat(events(tool)).containsExactly("event /b");
    }
}
