// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who has a lock of libxl: a claim, true at the moment of the look if at all, and never a ground for an effect.
 *
 * @param pid its process
 * @param command its command line, arguments apart by spaces; any bytes may be in it
 * @param loginUid the user that logged in to start it, /proc/PID/loginuid; empty where nobody did
 */
public record LockHolder(long pid, String command, OptionalLong loginUid) {
    /** For example {@code 1: FLOCK  ADVISORY  WRITE 1234 08:01:56789 0 EOF}; a waiter's line has {@code ->} in it. */
    private static final Pattern HELD = Pattern.compile("\\d+: FLOCK +\\w+ +WRITE +(\\d+) \\S+:(\\d+) .*");

    private static final int MAX_COMMAND = 4096;
    private static final long NOBODY = 0xFFFFFFFFL;

    /** Looks through /proc; empty when nobody has the lock, or it cannot be found out. */
    public static Optional<LockHolder> of(Path lockFile) {
        try {
            Object key =
                    Files.readAttributes(lockFile, BasicFileAttributes.class).fileKey();
            String inode = Files.getAttribute(lockFile, "unix:ino").toString();
            for (String line : locks()) {
                Matcher held = HELD.matcher(line);
                if (held.matches() && held.group(2).equals(inode)) {
                    Path process = Path.of("/proc", held.group(1));
                    // the numbers of devices differ between /proc/locks and stat(2) on btrfs and overlayfs
                    if (hasOpen(process, key)) {
                        return Optional.of(describe(process));
                    }
                }
            }
        } catch (IOException e) {
            return Optional.empty(); // the file, or the process, has gone meanwhile
        }
        return Optional.empty();
    }

    private static List<String> locks() throws IOException {
        return Files.readAllLines(Path.of("/proc/locks"), StandardCharsets.ISO_8859_1);
    }

    private static boolean hasOpen(Path process, Object key) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.exists(descriptor)
                        && key.equals(Files.readAttributes(descriptor, BasicFileAttributes.class)
                                .fileKey())) {
                    return true;
                }
            }
            return false;
        }
    }

    private static LockHolder describe(Path process) throws IOException {
        String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        String words = command.substring(0, Math.min(command.length(), MAX_COMMAND))
                .replace('\0', ' ')
                .strip();
        return new LockHolder(Long.parseLong(process.getFileName().toString()), words, loginUid(process));
    }

    private static OptionalLong loginUid(Path process) throws IOException {
        Path file = process.resolve("loginuid");
        if (!Files.exists(file)) {
            return OptionalLong.empty(); // a kernel without audit
        }
        long uid = Long.parseLong(Files.readString(file).strip());
        return uid == NOBODY ? OptionalLong.empty() : OptionalLong.of(uid);
    }

    @Override
    public String toString() {
        return "process " + pid + " (" + command + ")";
    }
}
