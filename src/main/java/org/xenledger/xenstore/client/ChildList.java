// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import java.util.List;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.FrameDecoder;

/**
 * A list of children that comes in parts, for one that is longer than a reply of the C daemon may be
 * (docs/misc/xenstore.txt, DIRECTORY_PART). Each part comes with the node's generation; when that changed, the list
 * starts again.
 */
public final class ChildList {
    /** The error of DIRECTORY that asks for this. */
    public static final String TOO_LONG = "E2BIG";

    private static final int MOST_RESTARTS = 8;

    private final StringBuilder names = new StringBuilder();
    private String generation;
    private int restarts;
    private boolean complete;

    /** What to ask for next, after the path: how much of the list is here. */
    public String offset() {
        return Integer.toString(names.length());
    }

    /** Takes a part; false when the list never stops changing and there is no use in asking on. */
    public boolean take(Frame reply) {
        int nul = reply.body().indexOf('\0');
        String part = reply.body().substring(nul + 1);
        if (nul < 0 || !part.endsWith("\0") || names.length() + part.length() > FrameDecoder.MAX_REPLY) {
            throw new ConnectionException("the daemon sent a part of a list that is none: check that it is xenstored");
        }
        String its = reply.body().substring(0, nul);
        if (generation != null && !generation.equals(its)) {
            generation = null;
            names.setLength(0);
            return ++restarts <= MOST_RESTARTS;
        }
        generation = its;
        names.append(part);
        // the last part ends with an empty name
        complete = part.equals("\0") || part.endsWith("\0\0");
        return true;
    }

    public boolean isComplete() {
        return complete;
    }

    /** The names, in the daemon's order. */
    public List<String> names() {
        List<String> all = new Frame(0, 0, 0, names.toString()).strings();
        return List.copyOf(all.subList(0, all.size() - 1));
    }
}
