// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.List;
import java.util.function.BiConsumer;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.FrameDecoder;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.Pipeline;
import org.xenledger.xenstore.wire.XenstoreException;

/**
 * A list of children in parts, for one that is longer than a reply of the C daemon may be (docs/misc/xenstore.txt,
 * DIRECTORY_PART). Each part comes with the node's generation; when that changed, the list starts again.
 */
final class ChildLists {
    private static final int MOST_RESTARTS = 8;

    private final Pipeline pipeline;

    ChildLists(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Calls back once, with the names or with the frame that is the daemon's error; null for both: no end of changes. */
    void ask(String path, BiConsumer<List<String>, Frame> onList) {
        new Parts(path, onList).askNext();
    }

    private final class Parts {
        private final String path;
        private final BiConsumer<List<String>, Frame> onList;
        private final StringBuilder names = new StringBuilder();
        private String generation;
        private int restarts;

        Parts(String path, BiConsumer<List<String>, Frame> onList) {
            this.path = path;
            this.onList = onList;
        }

        void askNext() {
            pipeline.ask(MessageType.DIRECTORY_PART, this::onPart, path, Integer.toString(names.length()));
        }

        private void onPart(Frame reply) {
            if (reply.error().isPresent()) {
                onList.accept(null, reply);
                return;
            }
            int nul = reply.body().indexOf('\0');
            String part = reply.body().substring(nul + 1);
            if (nul < 0 || !part.endsWith("\0") || names.length() + part.length() > FrameDecoder.MAX_REPLY) {
                throw new XenstoreException(
                        "the daemon sent a part of a list that is none: check that it is xenstored");
            }
            String its = reply.body().substring(0, nul);
            if (generation != null && !generation.equals(its)) {
                restart();
            } else {
                generation = its;
                take(part);
            }
        }

        private void restart() {
            if (++restarts > MOST_RESTARTS) {
                onList.accept(null, null);
                return;
            }
            generation = null;
            names.setLength(0);
            askNext();
        }

        /** The last part ends with an empty name. */
        private void take(String part) {
            names.append(part);
            if (!part.equals("\0") && !part.endsWith("\0\0")) {
                askNext();
                return;
            }
            List<String> all = new Frame(0, 0, 0, names.toString()).strings();
            onList.accept(all.subList(0, all.size() - 1), null);
        }
    }
}
