// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** Something done with a connection, which stays its owner's. */
public interface Work<T> {
    T with(Connection connection) throws SQLException;
}
