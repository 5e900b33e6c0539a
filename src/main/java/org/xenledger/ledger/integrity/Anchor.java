// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xenledger.ledger.LedgerException;
import org.xenledger.ledger.SealTable;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.WholeFile;

/**
 * The fingerprints that a ledger had, in a file that is kept elsewhere: one JSON object in each line, oldest first. A
 * ledger that was cut or written anew does not have the seals any more that the file remembers.
 */
public final class Anchor {
    private static final long MOST_BYTES = 16 << 20;

    private final Path file;

    public Anchor(Path file) {
        this.file = file;
    }

    /**
     * Compares a ledger with the file, and adds the ledger's fingerprint to it when all is well. A missing file is made.
     *
     * @param verified what a verification of the same ledger has just found
     * @param now when that was
     * @return what is wrong in one sentence; empty when the ledger is valid and continues every fingerprint in the file
     * @throws LedgerException when the file cannot be read or written, or is no anchor
     */
    public Optional<String> extend(Store store, Verified verified, Instant now) {
        List<AnchorLine> lines = read();
        Optional<String> wrong = verified.broken()
                .map(Break::reason)
                .or(() -> lines.stream()
                        .flatMap(line -> notContinued(store, line).stream())
                        .findFirst());
        if (wrong.isEmpty()) {
            append(lines, AnchorLine.of(now, verified));
        }
        return wrong;
    }

    /** Whether there is none yet, so that it cannot tell of anything that was before. */
    public boolean begins() {
        return !Files.exists(file);
    }

    private static Optional<String> notContinued(Store store, AnchorLine line) {
        String sentence = "the ledger does not continue the fingerprint of " + line.time() + ": ";
        if (!line.store().equals(store.id())) {
            return Optional.of(sentence + "that was of the store " + line.store() + ", this is " + store.id());
        }
        return sealIn(store, line.seal())
                .filter(line.fingerprint()::equals)
                .map(same -> Optional.<String>empty())
                .orElseGet(() -> Optional.of(sentence + "it had seal " + line.seal() + " at event " + line.position()
                        + ", and has another one or none there now, so it was cut or written anew"));
    }

    private static Optional<Fingerprint> sealIn(Store store, long number) {
        try (Connection connection = store.connect()) {
            return SealTable.numbered(connection, number).map(Fingerprint::of);
        } catch (SQLException e) {
            throw new LedgerException("the seals of the ledger at " + store.location() + " cannot be read", e);
        }
    }

    private void append(List<AnchorLine> lines, AnchorLine added) {
        if (!lines.isEmpty() && lines.get(lines.size() - 1).fingerprint().equals(added.fingerprint())) {
            return;
        }
        List<String> texts =
                new ArrayList<>(lines.stream().map(AnchorLine::text).toList());
        texts.add(added.text());
        WholeFile.put(file, part -> Files.write(part, texts, US_ASCII));
    }

    private List<AnchorLine> read() {
        if (begins()) {
            return List.of();
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new LedgerException("the file " + file + " is no anchor of a ledger: it is too large");
            }
            return parse(new String(Files.readAllBytes(file), US_ASCII).lines().toList());
        } catch (IOException e) {
            throw new LedgerException("the anchor " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<AnchorLine> parse(List<String> texts) {
        List<AnchorLine> lines = new ArrayList<>();
        for (String text : texts) {
            try {
                AnchorLine line = AnchorLine.parse(text);
                Instant.parse(line.time());
                lines.add(line);
            } catch (JsonProcessingException | RuntimeException e) {
                throw new LedgerException(
                        "the file " + file + " is no anchor of a ledger: line " + (lines.size() + 1)
                                + " is not one that `xenledger verify --anchor` wrote",
                        e);
            }
        }
        if (lines.isEmpty()) {
            throw new LedgerException("the file " + file + " is no anchor of a ledger: it is empty");
        }
        return lines;
    }
}
