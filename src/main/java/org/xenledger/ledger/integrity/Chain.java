// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.xenledger.ledger.EventRow;
import org.xenledger.ledger.RowHash;
import org.xenledger.ledger.SealHash;
import org.xenledger.ledger.SealTable.Seal;

/**
 * The rule of the ledger's two chains: fed with rows and seals in their order, it tells the first that does not follow on
 * what came before. After that it is of no more use.
 */
public final class Chain {
    private final StreamTails tails;
    private Seal last;
    private SealHash open;

    /**
     * @param connection to a ledger that holds the rows that came before, but for the last ones
     * @param from the seal before the first row that comes
     */
    public Chain(Connection connection, Seal from) {
        this.tails = new StreamTails(connection);
        this.last = from;
        this.open = new SealHash(from.hash(), from.lastIndex());
    }

    /** The last seal so far. */
    public Seal lastSeal() {
        return last;
    }

    /** The last global index so far. */
    public long position() {
        return open.lastIndex();
    }

    /** How many rows came after the last seal. */
    public long unsealed() {
        return open.count();
    }

    /** Takes the next row; empty when it follows, else what is wrong in one sentence. */
    public Optional<String> add(EventRow row) throws SQLException {
        long due = position() + 1;
        if (row.globalIndex() != due) {
            return Optional.of(
                    "event " + due + " was removed: after event " + position() + " comes event " + row.globalIndex());
        }
        StreamTails.Tail before = tails.before(row);
        if (row.sequence() > before.sequence() + 1) {
            return Optional.of(
                    "an event before it was removed, or the order was changed: it is number " + row.sequence()
                            + " of its stream and number " + (row.sequence() - 1) + " does not come before it");
        }
        if (row.sequence() <= before.sequence()) {
            return Optional.of("it was inserted, or the order was changed: it is number " + row.sequence()
                    + " of its stream and comes after number " + before.sequence());
        }
        if (!Arrays.equals(RowHash.of(before.hash(), row), row.hash())) {
            return Optional.of("it was changed, inserted or moved here from another place: it does not match its hash");
        }
        tails.put(row);
        open.add(row.globalIndex(), row.hash());
        return Optional.empty();
    }

    /** Takes the next seal; empty when it follows, else what is wrong in one sentence. */
    public Optional<String> add(Seal seal) {
        long due = last.number() + 1;
        if (seal.number() != due) {
            return Optional.of(
                    "seal " + due + " was removed: after seal " + last.number() + " comes seal " + seal.number());
        }
        if (seal.lastIndex() != position() || seal.count() != unsealed()) {
            return Optional.of("seal " + due + " was changed: it covers " + seal.count() + " events up to event "
                    + seal.lastIndex() + ", after the seal before it come " + unsealed() + " up to event "
                    + position());
        }
        if (!Arrays.equals(open.finish(seal.sealedAt()), seal.hash())) {
            return Optional.of("seal " + due + " does not match its events " + (last.lastIndex() + 1) + " to "
                    + position() + ": one of them was removed, inserted or reordered, or the seal was changed");
        }
        last = seal;
        open = new SealHash(seal.hash(), seal.lastIndex());
        return Optional.empty();
    }
}
