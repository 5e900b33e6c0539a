// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.xenledger.ledger.Damage;
import org.xenledger.ledger.EventTable;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.SealTable;
import org.xenledger.ledger.SealTable.Seal;
import org.xenledger.ledger.Store;

/**
 * Checks a ledger from its first event to its last: each row for itself, the chain of each stream, and the seals over all.
 * It needs little memory however large the ledger is, and may run while the ledger is being written.
 *
 * <p>What it cannot see: that the ledger was cut after a seal that is now its last; that all of it was written anew with
 * hashes that fit; and that events which fit were appended by somebody else. The {@link Anchor} sees the first two.
 */
public final class Verification {
    private final Connection connection;
    private final UUID store;
    private final Contents contents = new Contents();
    private final Chain chain;
    private Place last;
    private Place lastSealed;

    /** @param from the seal that counts as valid, from which on the ledger is checked */
    private Verification(Connection connection, UUID store, Seal from) {
        this.connection = connection;
        this.store = store;
        this.chain = new Chain(connection, from);
    }

    /** Checks all of a ledger. */
    public static Verified of(Store store, Progress progress) {
        try (Connection connection = store.connect()) {
            return new Verification(connection, store.id(), Seal.none()).readable(progress);
        } catch (SQLException e) {
            throw Damage.shownBy(e)
                    ? Damage.unreadable(store.location(), e)
                    : new LedgerException(
                            "the ledger at " + store.location() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Checks the end of a ledger: its last seals, and what comes after them. */
    static Verified ofLast(Store store, long seals, Progress progress) throws SQLException {
        try (Connection connection = store.connect()) {
            long last = SealTable.last(connection).number();
            // Without that seal there is a gap, which only the way from the beginning can place.
            Seal from =
                    SealTable.numbered(connection, Math.max(0, last - seals)).orElse(Seal.none());
            return new Verification(connection, store.id(), from).readable(progress);
        }
    }

    /** A row that the database cannot read is the first one that is not valid; those before it are. */
    private Verified readable(Progress progress) throws SQLException {
        try {
            return run(progress);
        } catch (SQLException e) {
            if (!Damage.shownBy(e)) {
                throw e;
            }
            return brokenRow(
                    null,
                    "the file of the ledger is damaged: event " + (chain.position() + 1)
                            + " or what belongs to it cannot be read");
        }
    }

    private Verified run(Progress progress) throws SQLException {
        // In this order: a seal that is there when its rows are not shows that they were removed.
        Seal end = SealTable.last(connection);
        long head = EventTable.head(connection);
        SealScan seals = new SealScan(connection, chain.lastSeal().number(), end.number());
        EventScan events = new EventScan(connection, chain.position(), head);
        for (List<EventScan.Stored> page = events.next(); !page.isEmpty(); page = events.next()) {
            for (EventScan.Stored stored : page) {
                Optional<String> wrong = contents.wrong(stored);
                wrong = wrong.isPresent() ? wrong : chain.add(stored.row());
                if (wrong.isPresent()) {
                    return brokenRow(Place.of(stored.row()), wrong.get());
                }
                last = Place.of(stored.row());
                wrong = sealsUpTo(last.position(), seals);
                if (wrong.isPresent()) {
                    return brokenSeal(wrong.get());
                }
            }
            progress.at(last.position(), head);
        }
        if (seals.peek() != null) {
            return brokenRow(
                    null,
                    "events were removed: the ledger was sealed up to event " + end.lastIndex() + " and ends at event "
                            + chain.position());
        }
        return verified(chain.position(), last, chain.unsealed(), null);
    }

    private Optional<String> sealsUpTo(long position, SealScan seals) throws SQLException {
        while (seals.peek() != null && seals.peek().lastIndex() <= position) {
            Optional<String> wrong = chain.add(seals.next());
            if (wrong.isPresent()) {
                return wrong;
            }
            lastSealed = last;
        }
        return Optional.empty();
    }

    private Verified brokenRow(Place found, String reason) {
        long due = chain.position() + 1;
        Place there = found != null && found.position() == due ? found : null;
        return verified(chain.position(), last, chain.unsealed(), new Break(due, there, reason));
    }

    /** Which of its rows is wrong a seal does not tell: none of them counts. */
    private Verified brokenSeal(String reason) {
        long valid = chain.lastSeal().lastIndex();
        return verified(valid, lastSealed, 0, new Break(valid + 1, null, reason));
    }

    private Verified verified(long events, Place lastValid, long unsealed, Break broken) {
        return new Verified(
                store, events, lastValid, Fingerprint.of(chain.lastSeal()), unsealed, Optional.ofNullable(broken));
    }
}
