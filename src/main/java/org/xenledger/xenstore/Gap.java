// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

/**
 * A place where a tree is not known to be what xenstore held: the node, or something below it, is incomplete.
 *
 * @param path the highest node that it concerns
 */
public record Gap(String path, Reason reason) implements Comparable<Gap> {
    /** Why a read stopped there. */
    public enum Reason {
        NODES("more nodes than are read at once"),
        BYTES("more bytes than are read at once"),
        DEPTH("nested deeper than is read"),
        CHILDREN("more children than are read"),
        TIME("not read in time"),
        CHANGING("kept changing while it was read"),
        UNREADABLE("could not be read"),
        CUT("cut off by the width of the terminal that it was printed for");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The end of a sentence that begins with the path. */
        public String text() {
            return text;
        }
    }

    @Override
    public int compareTo(Gap other) {
        int byPath = path.compareTo(other.path);
        return byPath != 0 ? byPath : reason.compareTo(other.reason);
    }

    @Override
    public String toString() {
        return path + ": " + reason.text();
    }
}
