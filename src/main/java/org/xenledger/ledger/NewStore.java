// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Makes the file of a new store: H2 commits each statement that changes tables on its own, so a process that dies while it
 * makes them would leave a store that nobody can open. The file is made beside its place and linked there when it is whole
 * and on the disk; of two that make one at once, one wins and both open the same.
 */
final class NewStore {
    private static final Pattern DRAFT = Pattern.compile("draft-(\\d{1,10})\\.(mv|trace)\\.db");

    private NewStore() {}

    /** Makes the file unless it is there. */
    static void makeIn(Path directory, Path file) {
        try {
            removeDraftsOfTheDead(directory);
            if (Files.exists(file)) {
                return;
            }
            String name = "draft-" + ProcessHandle.current().pid();
            Path draft = directory.resolve(name + ".mv.db");
            JdbcDataSource source = new JdbcDataSource();
            source.setUrl(StoreLocation.url(directory.resolve(name)));
            makeTables(source);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
            force(draft, StandardOpenOption.WRITE);
            link(draft, file);
            Files.delete(draft);
            force(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new LedgerException("the ledger " + file + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** They are on the disk when this returns: closing writes them, too, but says nothing when it cannot. */
    private static void makeTables(DataSource source) throws IOException {
        try (Connection connection = source.getConnection()) {
            Migration.run(source);
            H2File.writeAndForce(connection);
        } catch (SQLException e) {
            throw new IOException(Reason.of(e), e);
        }
    }

    private static void link(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Another process was first, and its store is as good.
            return;
        }
    }

    private static void removeDraftsOfTheDead(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "draft-*")) {
            for (Path file : files) {
                Matcher draft = DRAFT.matcher(file.getFileName().toString());
                if (draft.matches() && isDead(Long.parseLong(draft.group(1)))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** A draft with our own number is of a process that had it before us, perhaps before the power went. */
    private static boolean isDead(long pid) {
        return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }
}
