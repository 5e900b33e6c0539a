// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.List;
import org.xenledger.xenstore.RawConnection;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstorePath;

/** Writes down all that a daemon holds: values, permissions, children in their order, generations. */
record TreeDump(RawConnection line, List<String> into) {
    void dump(String path) {
        Frame children = line.ask(MessageType.DIRECTORY, path + '\0');
        String generation =
                line.ask(MessageType.DIRECTORY_PART, path + "\0000\0").body().split("\0")[0];
        into.add(path
                + " = " + line.ask(MessageType.READ, path + '\0').body()
                + " (" + line.ask(MessageType.GET_PERMS, path + '\0').body()
                + ") " + children.body()
                + ' ' + generation);
        if (children.is(MessageType.DIRECTORY)) {
            children.strings().forEach(name -> dump(XenstorePath.child(path, name)));
        }
    }
}
