// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.EventRow;
import org.xenledger.ledger.EventTable;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.SealTable.Seal;
import org.xenledger.ledger.integrity.Chain;
import org.xenledger.ledger.integrity.Contents;

/** Reads an export line by line, believes none of them, and hands on what follows from what came before. */
final class ImportReader {
    /** Two columns of a mebibyte each, and what stands around them. */
    private static final int LONGEST = (2 << 20) + 8192;

    private static final int STEP = 1000;

    private final LineReader lines;
    private final Chain chain;
    private final Contents contents = new Contents();
    private final ImportWriter writer;
    private final int schema;
    private final Consumer<String> remark;

    /**
     * @param schema the version of the store's tables
     * @param remark told in a sentence when the export does not have all that the ledger had
     */
    ImportReader(InputStream in, Connection connection, ImportWriter writer, int schema, Consumer<String> remark) {
        this.lines = new LineReader(in, LONGEST);
        this.chain = new Chain(connection, Seal.none());
        this.writer = writer;
        this.schema = schema;
        this.remark = remark;
    }

    /** Reads all of it. @return the store's own id */
    UUID read(long size, Progress progress) throws SQLException {
        try {
            UUID store = header();
            ExportLine.Trailer trailer = null;
            while (trailer == null) {
                byte[] line = lines.next();
                if (line == null) {
                    throw lines.wrong("it is not there, so the export was truncated");
                }
                trailer = take(line);
                if (lines.number() % STEP == 0) {
                    progress.at(lines.bytes(), Math.max(size, lines.bytes()));
                }
            }
            check(trailer);
            if (trailer.stopped() != null) {
                remark.accept("the export is of a damaged ledger and ends where that was found: " + trailer.stopped());
            }
            progress.at(lines.bytes(), lines.bytes());
            return store;
        } catch (IOException e) {
            throw new LedgerException("the export cannot be read: " + e.getMessage(), e);
        }
    }

    private UUID header() throws IOException {
        byte[] line = lines.next();
        if (line == null) {
            throw new LedgerException("the export is empty");
        }
        ExportLine.Header header = parsed(() -> ExportLine.JSON.readValue(line, ExportLine.Header.class));
        if (header == null || !ExportLine.FORMAT.equals(header.format())) {
            throw lines.wrong("it is not the header of an export");
        }
        if (header.version() != ExportLine.VERSION || header.schema() > schema) {
            throw lines.wrong("another version of Xenledger wrote it (format " + header.version() + ", schema "
                    + header.schema() + "; this one reads format " + ExportLine.VERSION + ", schema up to " + schema
                    + ")");
        }
        return parsed(() -> {
            ExportLine.Header strict = ExportLine.read(line, ExportLine.Header.class);
            Instant.parse(strict.exportedAt());
            return Optional.ofNullable(strict.store()).orElseThrow();
        });
    }

    /** Takes a line; what it returns is the last one. */
    private ExportLine.Trailer take(byte[] line) throws SQLException {
        String start = new String(line, 0, Math.min(line.length, 12), ISO_8859_1);
        if (start.startsWith("{\"position\":")) {
            EventRow row = parsed(() -> EventLine.read(line));
            DomainEvent event = event(row);
            accepted(chain.add(row));
            writer.add(new EventTable.Entry(row, event));
            return null;
        }
        if (start.startsWith("{\"seal\":")) {
            Seal seal = parsed(
                    () -> ExportLine.read(line, ExportLine.SealLine.class).toSeal());
            accepted(chain.add(seal));
            writer.add(seal);
            return null;
        }
        return parsed(() -> ExportLine.read(line, ExportLine.Trailer.class));
    }

    private DomainEvent event(EventRow row) {
        DomainEvent event;
        try {
            event = contents.event(row);
        } catch (LedgerException e) {
            throw lines.wrong(e.getMessage());
        }
        if (!Contents.time(event).equals(row.occurredAt())) {
            throw lines.wrong("its time is not the one that the event has");
        }
        return event;
    }

    private void check(ExportLine.Trailer trailer) throws IOException {
        Seal last = chain.lastSeal();
        if (trailer.events() != chain.position()
                || trailer.seals() != last.number()
                || !HexFormat.of().formatHex(last.hash()).equals(trailer.lastSeal())) {
            throw lines.wrong("it tells of " + trailer.events() + " events and " + trailer.seals()
                    + " seals, before it come " + chain.position() + " and " + last.number()
                    + ", or the last seal is another");
        }
        if (lines.next() != null) {
            throw lines.wrong("it comes after the end of the export");
        }
    }

    private void accepted(Optional<String> wrong) {
        if (wrong.isPresent()) {
            throw lines.wrong(wrong.get());
        }
    }

    private interface Parsing<T> {
        T parse() throws IOException;
    }

    /** Whatever a parser says of such bytes, for people it comes to this. */
    private <T> T parsed(Parsing<T> parsing) {
        try {
            return parsing.parse();
        } catch (IOException | RuntimeException e) {
            LedgerException wrong = lines.wrong("it is no line that `xenledger export` wrote");
            wrong.initCause(e);
            throw wrong;
        }
    }
}
