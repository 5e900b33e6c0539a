// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

/** The nodes as one request sees and changes them: the live ones, or those of its transaction. */
interface Nodes {
    /** The node; null where there is none. */
    Node read(String path);

    /**
     * Stores a node, with a new generation.
     *
     * @param bounded whether the quotas of the author and the owner count
     */
    void write(String path, Node node, boolean bounded);

    void delete(String path);

    /** Takes back a node that this request made and that cannot stay. */
    void takeBack(String path);

    /** Counts nodes of an owner that came or went. */
    void count(int owner, int change);

    /**
     * Tells watchers that a node changed, at once or when the transaction ends.
     *
     * @param node what it is now, or was before it went
     * @param exactly only those that watch this very path
     * @param before the permissions that it had, where they changed; else null
     */
    void changed(String path, Node node, boolean exactly, NodePermissions before);
}
