// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import java.sql.Connection;
import java.sql.SQLException;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.ConnectionWrapperFactory;
import org.axonframework.common.jdbc.ConnectionWrapperFactory.NoOpCloseHandler;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.xenledger.ledger.LedgerTransaction;
import org.xenledger.ledger.LedgerTransactions;

/**
 * The ledger's transactions as Axon wants them. A transaction inside another joins it and ends with it: units of work
 * write nothing before the outermost one commits, so one that is rolled back inside leaves nothing behind.
 */
final class AxonTransactions implements TransactionManager, ConnectionProvider {
    private static final Transaction JOINED = new Transaction() {
        @Override
        public void commit() {}

        @Override
        public void rollback() {}
    };

    private final LedgerTransactions transactions;

    AxonTransactions(LedgerTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Transaction startTransaction() {
        if (transactions.current().isPresent()) {
            return JOINED;
        }
        LedgerTransaction transaction = transactions.begin();
        return new Transaction() {
            @Override
            public void commit() {
                transaction.commit();
            }

            @Override
            public void rollback() {
                transaction.rollback();
            }
        };
    }

    /** This thread's connection, for Axon's own tables; it stays open when Axon closes it. */
    @Override
    public Connection getConnection() throws SQLException {
        return ConnectionWrapperFactory.wrap(current().writing(), new NoOpCloseHandler());
    }

    LedgerTransaction current() {
        return transactions.current().orElseThrow(() -> new IllegalStateException("there is no transaction"));
    }
}
