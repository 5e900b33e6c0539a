// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

/** Requests that begin and end transactions: tools/xenstored/transaction.c. */
final class TransactionRequests {
    private final NodeStore store;
    private final Domains domains;
    private final Events events;

    TransactionRequests(NodeStore store, Domains domains, Events events) {
        this.store = store;
        this.domains = domains;
        this.events = events;
    }

    void start(Call call) {
        Client client = call.client();
        if (call.frame().transaction() != 0) {
            throw new Refusal(Errno.EBUSY);
        }
        if (client.exceeds(Quotas.Kind.TRANSACTIONS, client.domain().transactions)) {
            throw new Refusal(Errno.ENOSPC);
        }
        int id = client.begin(new Transaction(store, domains, events, client));
        call.reply(Integer.toUnsignedString(id) + '\0');
    }

    /** However it ends, the transaction is over then, unless the request itself is malformed. */
    void end(Call call) {
        String commit = call.onlyString();
        if (!commit.equals("T") && !commit.equals("F")) {
            throw new Refusal(Errno.EINVAL);
        }
        int id = call.frame().transaction();
        Transaction transaction = call.client().transaction(id);
        if (transaction == null) {
            throw new Refusal(Errno.ENOENT);
        }
        try {
            if (commit.equals("T")) {
                transaction.commit(call.outstanding());
            }
        } finally {
            call.client().end(id);
        }
        call.acknowledge();
    }
}
