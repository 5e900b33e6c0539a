// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.OxenstoredDifference;

/** Whose transaction fails, and what is left of it. */
class TransactionContractTest extends WireContract {
    /** One request, in the words of the tests below. */
    private record Asked(MessageType type, String body) {}

    private static Asked read(String path) {
        return new Asked(MessageType.READ, path + '\0');
    }

    private static Asked list(String path) {
        return new Asked(MessageType.DIRECTORY, path + '\0');
    }

    private static Asked write(String path, String value) {
        return new Asked(MessageType.WRITE, path + '\0' + value);
    }

    /** How a transaction ends that does this while another connection does that. */
    private String end(Asked outside, Asked... inside) {
        ask(tool, MessageType.RM, "/a\0");
        ask(tool, MessageType.WRITE, "/a/child\0value");
        int transaction = begin(tool);
        for (Asked each : inside) {
            ask(tool, transaction, each.type(), each.body());
        }
        ask(other, outside.type(), outside.body());
        return ask(tool, transaction, MessageType.TRANSACTION_END, "T\0");
    }

    @Test
    void aChangedListFailsTheTransactionThatSawItAndWrites() {
        assertThat(end(write("/a/new", ""), list("/a"), write("/b", ""))).isEqualTo("EAGAIN");
        assertThat(end(write("/a/child", "other"), read("/a/child"), write("/b", "")))
                .isEqualTo("EAGAIN");
    }

    @Test
    void theValueOfAChildIsNoChangeOfItsParent() {
        assertThat(end(write("/a/child", "other"), list("/a"), write("/b", ""))).isEqualTo("OK");
        assertThat(end(write("/c", "other"), read("/a/child"), write("/b", ""))).isEqualTo("OK");
    }

    /** oxenstored asks once more what was asked: only another answer is a conflict, and only for one that changes. */
    @Test
    void theCDaemonFailsWhateverTouchesWhatWasTouched() {
        String end = differs(OxenstoredDifference.EQUAL_REPLAY_COMMITS) ? "OK" : "EAGAIN";
        assertThat(end(write("/a/child", "value"), read("/a/child"), write("/b", "")))
                .as("the same value again")
                .isEqualTo(end);
        assertThat(end(write("/a/child", "other"), write("/a/child", "mine")))
                .as("a value that was not read")
                .isEqualTo(end);
        assertThat(end(write("/a/two", ""), write("/a/one", "")))
                .as("two children of one parent")
                .isEqualTo(end);
        assertThat(end(write("/a/child", "other"), read("/a/child")))
                .as("one that only reads")
                .isEqualTo(end);
    }

    @Test
    void afterItsEndATransactionIsUnknown() {
        int failed = begin(tool);
        ask(tool, failed, MessageType.DIRECTORY, "/\0");
        ask(tool, failed, MessageType.WRITE, "/mine\0x");
        ask(other, MessageType.WRITE, "/other\0");
        assertThat(ask(tool, failed, MessageType.TRANSACTION_END, "T\0")).isEqualTo("EAGAIN");
        assertThat(ask(tool, failed, MessageType.READ, "/\0")).isEqualTo(unknown());
        assertThat(ask(tool, MessageType.READ, "/mine\0")).isEqualTo("ENOENT");
    }

    @Test
    void aNumberBelongsToItsConnectionAndTheFirstIsOne() {
        assertThat(List.of(begin(tool), begin(tool), begin(other))).containsExactly(1, 2, 1);
        assertThat(ask(other, 2, MessageType.READ, "/\0")).isEqualTo(unknown());
    }

    @Test
    void aTransactionCannotBeginInAnotherAndEndsWithTOrFOnly() {
        int transaction = begin(tool);
        assertThat(ask(tool, transaction, MessageType.TRANSACTION_START, "\0")).isEqualTo("EBUSY");
        assertThat(ask(tool, transaction, MessageType.TRANSACTION_END, "X\0")).isEqualTo("EINVAL");
        ask(tool, transaction, MessageType.WRITE, "/a\0still open");
        assertThat(ask(tool, transaction, MessageType.TRANSACTION_END, "T\0")).isEqualTo("OK");
        assertThat(ask(tool, MessageType.READ, "/a\0")).isEqualTo("still open");
    }

    @Test
    void aConnectionThatClosesAndAResetEndItWithoutATrace() {
        int reset = begin(tool);
        ask(tool, reset, MessageType.WRITE, "/a\0x");
        assertThat(ask(tool, MessageType.RESET_WATCHES, "\0")).isEqualTo("OK");
        assertThat(ask(tool, reset, MessageType.TRANSACTION_END, "T\0")).isEqualTo(unknown());
        ask(other, begin(other), MessageType.WRITE, "/b\0x");
        other.close();
        assertThat(ask(tool, MessageType.READ, "/a\0")).isEqualTo("ENOENT");
        assertThat(ask(tool, MessageType.READ, "/b\0")).isEqualTo("ENOENT");
    }

    private String unknown() {
        return differs(OxenstoredDifference.UNKNOWN_TRANSACTION_IS_EIO) ? "EIO" : "ENOENT";
    }
}
