// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.projection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How far the projections go, in the row and the form in which the engine's processor keeps it: what is written here, it
 * goes on from. No engine is needed to write it.
 */
public final class ProjectionToken {
    /** The name of the engine's processor. */
    public static final String PROCESSOR = "projections";

    private static final int SEGMENT = 0;
    private static final String TYPE = "org.axonframework.eventhandling.GlobalSequenceTrackingToken";

    private static final String MERGE = """
            MERGE INTO token (processor_name, segment, token, token_type, updated_at, owner)
            KEY (processor_name, segment) VALUES (?, ?, ?, ?, NULL, NULL)""";
    private static final String SELECT = """
            SELECT COUNT(*) FROM token
            WHERE processor_name = ? AND segment = ? AND token = ? AND token_type = ?""";

    private ProjectionToken() {}

    /** Sets the position, and leaves it without an owner, so that any processor may take it over at once. */
    static void write(Connection connection, long position) throws SQLException {
        try (PreparedStatement merge = prepare(connection, MERGE, position)) {
            merge.executeUpdate();
        }
    }

    static boolean isAt(Connection connection, long position) throws SQLException {
        try (PreparedStatement select = prepare(connection, SELECT, position);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1) == 1;
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, long position) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, PROCESSOR);
        statement.setInt(2, SEGMENT);
        statement.setBytes(3, ("{\"globalIndex\":" + position + "}").getBytes(US_ASCII));
        statement.setString(4, TYPE);
        return statement;
    }
}
