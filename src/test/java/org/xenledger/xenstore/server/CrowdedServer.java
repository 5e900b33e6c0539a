// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xenledger.xenstore.RawSocket;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** A process in which a client comes while there is no file descriptor left; it says whether that client is served. */
final class CrowdedServer {
    private CrowdedServer() {}

    public static void main(String[] arguments) throws Exception {
        Path socket = Path.of(arguments[0]);
        List<InputStream> files = new ArrayList<>();
        try (XenstoreServer server = XenstoreServer.start(socket);
                RawSocket earlier = new RawSocket(socket);
                SocketChannel late = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            earlier.ask(MessageType.READ, "/\0");
            fill(files);
            late.connect(UnixDomainSocketAddress.of(socket));
            TimeUnit.MILLISECONDS.sleep(300);
            System.out.println(
                    earlier.ask(MessageType.READ, "/\0").is(MessageType.READ) ? "served meanwhile" : "refused");
            for (InputStream file : files) {
                file.close();
            }
            late.write(new Frame(MessageType.READ.code(), 1, 0, "/\0").encode());
            System.out.println(late.read(ByteBuffer.allocate(100)) > 0 ? "served late" : "cut off");
            server.checkDomains();
        }
    }

    private static void fill(List<InputStream> files) {
        try {
            while (true) {
                files.add(new FileInputStream("/dev/null"));
            }
        } catch (FileNotFoundException full) {
            System.out.println(full.getMessage());
        }
    }
}
