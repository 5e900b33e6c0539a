// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class MigrationTest {
    @Test
    void aNewStoreHasItsOwnIdentityAndKey() throws Exception {
        String url = "jdbc:h2:mem:migration;DB_CLOSE_DELAY=-1";
        Flyway.configure()
                .dataSource(url, "", "")
                .locations("classpath:migrations/h2")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT schema_version, store_id, secret_key FROM meta")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isEqualTo(1);
            assertThat(row.getString(2)).hasSize(36);
            assertThat(row.getBytes(3)).hasSize(32).isNotEqualTo(new byte[32]);
        }
    }
}
