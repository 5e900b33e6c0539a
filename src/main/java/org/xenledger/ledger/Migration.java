// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a store's tables to this version; a class of its own so that Flyway is loaded only then. */
final class Migration {
    private Migration() {}

    static void run(DataSource store) {
        Flyway.configure()
                .dataSource(store)
                .locations("classpath:migrations/h2")
                .load()
                .migrate();
    }
}
