// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.power;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Something that was done on a disk, and that gets to the platters as a whole or not at all. */
sealed interface Change {
    int BLOCK = 4096;
    int SECTOR = 512;

    /** The file or directory whose force makes this change safe. */
    Node node();

    /** Does it on the platters. */
    void keep();

    /** Bytes that are written within one block, or one sector. */
    @SuppressWarnings("ArrayRecordComponent")
    record Write(Node node, long position, byte[] bytes) implements Change {
        @Override
        public void keep() {
            node.write(position, bytes);
        }

        /** Some of its sectors. */
        List<Change> torn(Random random) {
            return pieces(node, position, bytes, SECTOR).stream()
                    .filter(sector -> random.nextBoolean())
                    .toList();
        }

        /** One write for each block or sector that the bytes touch. */
        static List<Change> pieces(Node node, long position, byte[] bytes, int unit) {
            List<Change> pieces = new ArrayList<>();
            for (int from = 0; from < bytes.length; ) {
                int to = Math.min(bytes.length, from + unit - (int) ((position + from) % unit));
                pieces.add(new Write(node, position + from, Arrays.copyOfRange(bytes, from, to)));
                from = to;
            }
            return pieces;
        }
    }

    /** A file gets shorter or longer. */
    record Length(Node node, long length) implements Change {
        @Override
        public void keep() {
            node.setLength(length);
        }
    }

    /**
     * Names in a directory come, go or move.
     *
     * @param names what each stands for from now on; null when it is gone
     */
    record Names(Node node, Map<String, Node> names) implements Change {
        @Override
        public void keep() {
            putInto(node.kept);
        }

        void putInto(Map<String, Node> entries) {
            names.forEach((name, target) -> {
                if (target == null) {
                    entries.remove(name);
                } else {
                    entries.put(name, target);
                }
            });
        }
    }
}
