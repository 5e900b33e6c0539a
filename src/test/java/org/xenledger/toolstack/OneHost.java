// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The machine's hotplug scripts are those of one host: a script is found by its {@code XENBUS_PATH} among all processes, and
 * hosts of two tests have the same paths. So tests that run scripts take turns, also with those of other processes.
 */
public final class OneHost implements BeforeAllCallback, AfterAllCallback {
    private static final Path FILE = Path.of("target", "one-host.lock");

    private static int users;
    private static FileChannel channel;
    private static FileLock lock;

    /** Waits until no other process runs scripts; to be ended by {@link #leave}. */
    public static synchronized void enter() throws IOException {
        if (users == 0) {
            Files.createDirectories(FILE.getParent());
            channel = FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.lock();
        }
        users++;
    }

    public static synchronized void leave() {
        users--;
        if (users == 0) {
            try {
                lock.release();
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        enter();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        leave();
    }
}
