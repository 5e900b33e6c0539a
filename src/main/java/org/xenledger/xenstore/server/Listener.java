// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.xenledger.xenstore.wire.XenstoreException;

/**
 * A socket on which clients come.
 *
 * @param domid whose connections these are
 */
record Listener(ServerSocketChannel channel, Path socket, int domid) {
    /** Takes the place of a socket that nobody listens on any more, but of no other file. */
    static Listener open(Path socket, int domid) {
        try {
            removeStale(socket);
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.bind(UnixDomainSocketAddress.of(socket));
                Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
                channel.configureBlocking(false);
                return new Listener(channel, socket, domid);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new XenstoreException(
                    "cannot listen on " + socket + " (" + e.getMessage()
                            + "): give a path of a new file, in a directory that you may write",
                    e);
        }
    }

    private static void removeStale(Path socket) throws IOException {
        if (!Files.exists(socket)) {
            return;
        }
        if (!Files.readAttributes(socket, BasicFileAttributes.class).isOther()) {
            throw new IOException("there is a file that is no socket");
        }
        SocketChannel other;
        try {
            other = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (ConnectException e) {
            Files.delete(socket);
            return;
        }
        other.close();
        throw new IOException("another program listens there");
    }

    void close() throws IOException {
        channel.close();
        Files.deleteIfExists(socket);
    }
}
