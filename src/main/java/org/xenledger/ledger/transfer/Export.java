// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.transfer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.xenledger.ledger.Damage;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.WholeFile;
import org.xenledger.ledger.integrity.EventScan;
import org.xenledger.ledger.integrity.SealScan;
import org.xenledger.ledger.integrity.Verification;
import org.xenledger.ledger.integrity.Verified;

/**
 * Writes a ledger as JSON Lines: a header; each seal after the events that it covers; events that are not sealed yet; and
 * a trailer that tells how much there must be, so that a truncated export is noticed. The ledger is verified first, and
 * of a damaged one what is valid is exported. The key of the fingerprints that stand for secrets is not exported.
 */
public final class Export {
    private Export() {}

    /** Writes an export to a file, for its owner only; a file that is there is replaced when all is written. */
    public static Verified toFile(Store store, Path file, Instant now, Progress progress) {
        Verified[] verified = new Verified[1];
        WholeFile.put(file, part -> {
            try (OutputStream out = Files.newOutputStream(part)) {
                verified[0] = toStream(store, out, now, progress);
            }
        });
        return verified[0];
    }

    /**
     * Writes an export.
     *
     * @param now what the header gives as its time
     * @return what was found in the ledger; where it is broken the export stops
     */
    public static Verified toStream(Store store, OutputStream out, Instant now, Progress progress) {
        Verified verified = Verification.of(store, (done, total) -> progress.at(done, 2 * total));
        try (Connection connection = store.connect()) {
            OutputStream lines = new BufferedOutputStream(out, 1 << 16);
            write(lines, ExportLine.write(ExportLine.Header.of(store.id(), store.schemaVersion(), now)));
            copy(connection, verified, lines, progress);
            write(lines, ExportLine.write(trailer(verified)));
            lines.flush();
            return verified;
        } catch (SQLException e) {
            throw Damage.unreadable(store.location(), e);
        } catch (IOException e) {
            throw new LedgerException("the export cannot be written: " + e.getMessage(), e);
        }
    }

    private static void copy(Connection connection, Verified verified, OutputStream lines, Progress progress)
            throws SQLException, IOException {
        EventScan events = new EventScan(connection, 0, verified.events());
        SealScan seals = new SealScan(connection, 0, verified.sealed().seal());
        long done = 0;
        for (List<EventScan.Stored> page = events.next(); !page.isEmpty(); page = events.next()) {
            for (EventScan.Stored stored : page) {
                write(lines, EventLine.write(stored.row()));
                done = stored.row().globalIndex();
                while (seals.peek() != null && seals.peek().lastIndex() <= done) {
                    write(lines, ExportLine.write(ExportLine.SealLine.of(seals.next())));
                }
            }
            progress.at(verified.events() + done, 2 * verified.events());
        }
    }

    private static ExportLine.Trailer trailer(Verified verified) {
        String stopped = verified.broken()
                .map(broken -> "event " + broken.position() + ": " + broken.reason())
                .orElse(null);
        return new ExportLine.Trailer(
                verified.events(), verified.sealed().seal(), verified.sealed().hash(), stopped);
    }

    private static void write(OutputStream lines, byte[] line) throws IOException {
        lines.write(line);
        lines.write('\n');
    }
}
