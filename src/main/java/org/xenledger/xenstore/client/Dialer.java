// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Connects to a daemon, which fails within seconds where nothing takes the connection. */
final class Dialer {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int RETRY_MILLIS = 5;

    private Dialer() {}

    static SocketChannel dial(Path socket, Duration most) {
        if (!Files.exists(socket)) {
            throw new ConnectionException("no xenstored at " + socket
                    + ": start it, run this on the Xen host's Domain-0 as root, or give --xenstore or --xenstore-dump");
        }
        Deadline patience = Deadline.in(most.compareTo(PATIENCE) < 0 ? most : PATIENCE);
        while (true) {
            try {
                return connect(socket);
            } catch (IOException e) {
                if (!mayPass(e) || patience.passed()) {
                    throw new ConnectionException(
                            "cannot connect to xenstored at " + socket + " (" + e.getMessage()
                                    + "): check that it runs and is not stopped and that you are root,"
                                    + " or give --xenstore or --xenstore-dump",
                            e);
                }
            }
            pause(socket);
        }
    }

    private static SocketChannel connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            // or a daemon that is stopped would hold this thread for as long
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * The daemons queue one or two callers only; while there are more, connect gives EAGAIN. Java has no type for it but
     * the general one, and subtypes for a refusal and for missing rights.
     */
    private static boolean mayPass(IOException failure) {
        return failure.getClass() == SocketException.class;
    }

    private static void pause(Path socket) {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException("interrupted while connecting to xenstored at " + socket, e);
        }
    }
}
