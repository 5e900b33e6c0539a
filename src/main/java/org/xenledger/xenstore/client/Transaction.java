// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** What is done within a transaction: others see all of it or nothing. It ends with the connection it began on. */
public final class Transaction extends Nodes {
    private final Exchange exchange;
    private final int id;
    private final long connection;

    private Transaction(Exchange exchange, int id, long connection) {
        this.exchange = exchange;
        this.id = id;
        this.connection = connection;
    }

    static Transaction start(Exchange exchange) {
        // a single NUL: oxenstored does not see a request without payload before the next one
        Call.Answer answer = exchange.ask(MessageType.TRANSACTION_START, 0, Request.ANY, Request.strings(""), () -> {});
        Frame reply = accepted(MessageType.TRANSACTION_START, "", answer.frame());
        return new Transaction(exchange, number(reply), answer.connection());
    }

    /** The number of the transaction that a reply says has begun. */
    static int number(Frame reply) {
        try {
            String number = reply.strings().stream().findFirst().orElse("");
            return Integer.parseUnsignedInt(number);
        } catch (NumberFormatException e) {
            throw new ConnectionException("the daemon gave a transaction that has no number", e);
        }
    }

    @Override
    Frame request(MessageType type, String body) {
        return exchange.ask(type, id, connection, body, () -> {}).frame();
    }

    /** False when others changed what it touches: then nothing of it is done, and it may be tried again. */
    boolean commit() {
        Frame reply = request(MessageType.TRANSACTION_END, Request.strings("T"));
        if (reply.error().filter("EAGAIN"::equals).isPresent()) {
            return false;
        }
        accepted(MessageType.TRANSACTION_END, "", reply);
        return true;
    }

    void abort() {
        ask(MessageType.TRANSACTION_END, "F");
    }
}
