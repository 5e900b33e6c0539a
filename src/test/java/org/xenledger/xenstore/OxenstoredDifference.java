// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

/** The table of what a client sees differently on oxenstored, where the C daemon and the embedded server agree. */
public enum OxenstoredDifference {
    /** Children come in alphabetical order; the C daemon's is that of their creation. */
    CHILDREN_ARE_SORTED,
    /** The children of / are listed with @introduceDomain and @releaseDomain. */
    SPECIAL_WATCHES_ARE_LISTED,
    /** A list of any length is one reply; the C daemon sends parts. */
    LISTS_COME_WHOLE,
    /** An owner that does not exist is taken; the C daemon says ENOENT. */
    ANY_OWNER_IS_TAKEN,
    /** A transaction sees the store as it was at its start; in the C daemon each node as it was at its first access. */
    STORE_IS_SEEN_AS_AT_START,
    /** A transaction that would read the same again commits; in the C daemon a node that was written in between does not. */
    EQUAL_REPLAY_COMMITS,
    /** Removing / empties the store; the C daemon says EINVAL. */
    ROOT_CAN_BE_REMOVED,
    /** A domain that does not exist is EINVAL to INTRODUCE; to the C daemon it is ENOENT. */
    INTRODUCE_OF_NONE_IS_EINVAL,
    /** A dead domain's own nodes go without an event; the C daemon sends one for each subtree. */
    DEATH_REMOVES_SILENTLY,
    /** The reply to WATCH has no transaction's number; the C daemon repeats that of the request. */
    WATCH_IS_ANSWERED_WITHOUT_ITS_TRANSACTION,
    /** A transaction that does not exist is EIO; to the C daemon it is ENOENT. */
    UNKNOWN_TRANSACTION_IS_EIO,
    /** Who makes a change has the event after the reply; with the C daemon before it. */
    AUTHOR_IS_TOLD_AFTER_THE_REPLY,
    /** A commit is one event for each request that changed something; in the C daemon one for each node that changed. */
    EACH_CHANGE_OF_A_TRANSACTION_IS_TOLD,
    /** Watches in a tree that is removed are told from its top; by the C daemon from the deepest. */
    REMOVAL_IS_TOLD_FROM_THE_TOP,
    /** Every event is sent; the C daemon drops one that equals another that still waits. */
    EQUAL_EVENTS_ARE_ALL_SENT
}
