// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.OxenstoredDifference;

/** Requests and replies. */
class FrameContractTest extends WireContract {
    @Test
    void aReplyRepeatsTheNumberAndTheTypeOfItsRequest() {
        for (int number : new int[] {-1, 1, 0x12345678, Integer.MIN_VALUE}) {
            tool.send(new Frame(MessageType.READ.code(), number, 0, "/\0"));
            assertThat(next(tool)).isEqualTo(new Frame(MessageType.READ.code(), number, 0, ""));
            tool.send(new Frame(MessageType.READ.code(), number, 0, "/none\0"));
            assertThat(next(tool)).isEqualTo(new Frame(MessageType.ERROR.code(), number, 0, "ENOENT\0"));
        }
    }

    @Test
    void oneNumberMayBeInFlightTwice() {
        for (int domid = 1; domid <= 3; domid++) {
            tool.send(new Frame(MessageType.GET_DOMAIN_PATH.code(), 7, 0, domid + "\0"));
        }
        for (int domid = 1; domid <= 3; domid++) {
            assertThat(next(tool).body()).isEqualTo("/local/domain/" + domid + '\0');
        }
    }

    @Test
    void aReplyRepeatsTheTransactionAndAnEventHasNeither() {
        int transaction = begin(tool);
        tool.send(new Frame(MessageType.READ.code(), 1, transaction, "/\0"));
        assertThat(next(tool).transaction()).isEqualTo(transaction);

        tool.send(new Frame(MessageType.WATCH.code(), 2, transaction, "/a\0token\0"));
        boolean without = differs(OxenstoredDifference.WATCH_IS_ANSWERED_WITHOUT_ITS_TRANSACTION);
        assertThat(next(tool)).isEqualTo(new Frame(MessageType.WATCH.code(), 2, without ? 0 : transaction, "OK\0"));
        assertThat(next(tool)).isEqualTo(new Frame(15, 0, 0, "/a\0token\0"));
    }

    @Test
    void anUnknownTypeIsEnosysAndTheConnectionStays() {
        for (int type : new int[] {15, 16, 20, 23, 99, 0xffff}) {
            tool.send(new Frame(type, 5, 0, "x\0"));
            assertThat(next(tool)).isEqualTo(new Frame(MessageType.ERROR.code(), 5, 0, "ENOSYS\0"));
        }
        assertThat(ask(tool, MessageType.READ, "/\0")).isEmpty();
    }

    @Test
    void anAnswerComesInTheOrderOfTheRequestsHoweverManyWait() {
        int count = 20_000;
        ByteBuffer all = ByteBuffer.allocate(count * 40);
        for (int i = 0; i < count; i++) {
            MessageType type = i % 3 == 0 ? MessageType.WRITE : MessageType.READ;
            all.put(new Frame(type.code(), i, 0, i % 3 == 2 ? "/none\0" : "/a\0" + (i % 3 == 0 ? "x" : "")).encode());
        }
        tool.send(all.flip());
        for (int i = 0; i < count; i++) {
            Frame reply = next(tool);
            assertThat(reply.request()).isEqualTo(i);
            assertThat(reply.body()).isEqualTo(i % 3 == 0 ? "OK\0" : i % 3 == 1 ? "x" : "ENOENT\0");
        }
    }

    @Test
    void aDomainHasAPathWhetherItExistsOrNotAndXenstoresOwnIsIntroduced() {
        assertThat(ask(tool, MessageType.GET_DOMAIN_PATH, "7\0")).isEqualTo("/local/domain/7");
        assertThat(ask(tool, MessageType.IS_DOMAIN_INTRODUCED, "7\0")).isEqualTo("F");
        assertThat(ask(tool, MessageType.IS_DOMAIN_INTRODUCED, "32752\0")).isEqualTo("T");
    }

    @Test
    void aWatchHasTwoStringsAndEachPairOnce() {
        assertThat(ask(tool, MessageType.WATCH, "/a\0t\0002\0")).isEqualTo("EINVAL");
        assertThat(ask(tool, MessageType.WATCH, "/a\0t\0")).isEqualTo("OK");
        assertThat(ask(tool, MessageType.WATCH, "/a\0t\0")).isEqualTo("EEXIST");
        assertThat(ask(tool, MessageType.WATCH, "/a\0u\0")).isEqualTo("OK");
        assertThat(ask(other, MessageType.WATCH, "/a\0t\0")).isEqualTo("OK");
        assertThat(ask(tool, MessageType.WATCH, "@anything\0t\0")).isEqualTo("OK");
    }

    @Test
    void theGenerationOfAListChangesWithTheListOnly() {
        ask(tool, MessageType.WRITE, "/a/b\0x");
        if (differs(OxenstoredDifference.LISTS_COME_WHOLE)) {
            assertThat(ask(tool, MessageType.DIRECTORY_PART, "/a\0" + "0\0")).isEqualTo("ENOSYS");
            return;
        }
        String generation = generation("b\0\0");
        ask(tool, MessageType.WRITE, "/a/b\0y");
        assertThat(generation("b\0\0")).isEqualTo(generation);
        ask(tool, MessageType.WRITE, "/a\0own value");
        String afterItsValue = generation("b\0\0");
        assertThat(afterItsValue).isNotEqualTo(generation);
        ask(tool, MessageType.WRITE, "/a/c\0");
        assertThat(generation("b\0c\0\0")).isNotEqualTo(afterItsValue);
        ask(tool, MessageType.RM, "/a/c\0");
        assertThat(generation("b\0\0")).isNotEqualTo(afterItsValue);
        assertThat(tool.ask(MessageType.DIRECTORY_PART, "/a\0" + "1000\0").body())
                .endsWith("\0\0");
    }

    private String generation(String list) {
        String body = tool.ask(MessageType.DIRECTORY_PART, "/a\0" + "0\0").body();
        String generation = body.substring(0, body.indexOf('\0') + 1);
        assertThat(body).isEqualTo(generation + list);
        return generation;
    }
}
