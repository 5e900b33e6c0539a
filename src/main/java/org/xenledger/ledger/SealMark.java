// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.xenledger.ledger.SealTable.Seal;

/**
 * The last seal that a finished sync has put on the disk, as a small file beside the database remembers it. Where the
 * newest part of the database's file is damaged or cut off, H2 opens an older whole state and says nothing; this file
 * tells that there was more.
 *
 * <p>It is written after the force of the database's file has returned, and is not forced itself. So whatever a disk makes
 * of it when the power goes, it never tells of a seal that is not on the disk: the sealed rows were there before the first
 * byte of it was written. What a power cut may do is to leave an older mark, none, or a torn one; the store is then ahead
 * of it, which is no fault, and whoever opens the store next to write it writes the mark anew. A kill cannot tear it: it
 * is one write of a few bytes at one place. It must not be written earlier: a kill or a power cut between it and the end
 * of the force would make a store that lost nothing look damaged.
 *
 * <p>It is no protection against people: who may write the store can write the mark.
 *
 * @param store the store's own id
 * @param number the seal's
 * @param lastIndex the last global index that the seal covers
 * @param hash the seal's
 */
@SuppressWarnings("ArrayRecordComponent")
record SealMark(UUID store, long number, long lastIndex, byte[] hash) {
    /** How long every mark is: it lies in one sector, and a new one covers the old one. */
    static final int LENGTH = 168;

    private static final Pattern TEXT =
            Pattern.compile("(xenledger seal 1 ([0-9a-f-]{36}) (\\d{19}) (\\d{19}) ([0-9a-f]{64}) )([0-9a-f]{8})\n");

    static SealMark of(UUID store, Seal seal) {
        return new SealMark(store, seal.number(), seal.lastIndex(), seal.hash());
    }

    /** The mark in a file; empty where there is none, or none that is whole. */
    static Optional<SealMark> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in.readNBytes(LENGTH));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new LedgerException("the file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Optional<SealMark> parse(byte[] bytes) {
        Matcher text = TEXT.matcher(new String(bytes, ISO_8859_1));
        if (!text.matches() || !checksum(text.group(1)).equals(text.group(6))) {
            return Optional.empty();
        }
        return Optional.of(new SealMark(
                UUID.fromString(text.group(2)),
                Long.parseLong(text.group(3)),
                Long.parseLong(text.group(4)),
                HexFormat.of().parseHex(text.group(5))));
    }

    /** One line for people, too. */
    byte[] bytes() {
        String text = String.format(
                Locale.ROOT,
                "xenledger seal 1 %s %019d %019d %s ",
                store,
                number,
                lastIndex,
                HexFormat.of().formatHex(hash));
        return (text + checksum(text) + "\n").getBytes(ISO_8859_1);
    }

    /** Empty when a store has this seal; else what is wrong with the store, in a part of a sentence. */
    Optional<String> notIn(Connection connection, UUID storeId) throws SQLException {
        if (!store.equals(storeId)) {
            return Optional.of("its file is that of another ledger, " + storeId + "; the one that was written here, "
                    + store + ", was sealed up to event " + lastIndex);
        }
        Optional<Seal> found = SealTable.numbered(connection, number);
        if (found.isEmpty()) {
            return Optional.of("it was sealed up to event " + lastIndex + " and ends at event "
                    + EventTable.head(connection)
                    + ": the end of its file was damaged or cut off, or an older copy took"
                    + " its place");
        }
        if (found.get().lastIndex() != lastIndex || !Arrays.equals(found.get().hash(), hash)) {
            return Optional.of("its seal " + number + " up to event " + lastIndex
                    + " is not the one that was written: an older copy took the place of its file and was written on");
        }
        return Optional.empty();
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(ISO_8859_1));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
