// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.state.DomainState;

/**
 * States of streams at some of their events, so that none is ever folded from its beginning. All are kept: a look at the
 * past starts from the nearest one before it.
 */
public final class Snapshots {
    /** After so many events of a stream comes a snapshot. */
    public static final int EVERY = 200;

    private static final String MERGE =
            "MERGE INTO snapshot (stream, sequence, position, state) KEY (stream, sequence) VALUES (?, ?, ?, ?)";
    private static final String NEAREST = """
            SELECT state FROM snapshot WHERE stream = ? AND position <= ?
            ORDER BY sequence DESC FETCH FIRST ROW ONLY""";

    /** What the column holds; a larger state has no snapshot, and is folded from further back. */
    private static final int MOST_BYTES = 1 << 20;

    private final StateCodec codec = new StateCodec();

    /** Whether a state is one to keep. */
    public static boolean due(DomainState state) {
        return state.version() % EVERY == 0;
    }

    /**
     * Keeps a state.
     *
     * @param position the global index of the last event in it
     */
    void keep(Connection connection, DomainState state, long position) throws SQLException {
        byte[] bytes = codec.encode(state);
        if (bytes.length > MOST_BYTES) {
            return;
        }
        try (PreparedStatement merge = connection.prepareStatement(MERGE)) {
            merge.setString(1, state.id().value());
            merge.setLong(2, state.version() - 1);
            merge.setLong(3, position);
            merge.setBytes(4, bytes);
            merge.executeUpdate();
        }
    }

    /** The last state of a stream that has no event after a global index. */
    public Optional<DomainState> nearest(Connection connection, StreamId stream, long position) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NEAREST)) {
            select.setString(1, stream.value());
            select.setLong(2, position);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? codec.decode(row.getBytes(1)) : Optional.empty();
            }
        }
    }
}
