// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a store's tables to this version; a class of its own so that Flyway is loaded only then. */
final class Migration {
    private Migration() {}

    static void run(DataSource store) {
        try {
            Flyway.configure()
                    .dataSource(store)
                    .locations("classpath:migrations/h2")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new LedgerException(
                    "the ledger's tables cannot be made or brought up to date: the file is damaged, or holds something"
                            + " else; move it away, and restore a backup if it was a ledger",
                    e);
        }
    }
}
