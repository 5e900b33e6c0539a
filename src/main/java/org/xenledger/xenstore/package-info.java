/**
 * What xenstore holds: an immutable tree, read from a live daemon's socket or from the text of {@code xenstore-ls}.
 *
 * <p>Reads only. May touch the daemon's Unix socket and the dump that it is given, nothing else; uses {@code wire}.
 * Every byte of names, values and permissions may be a guest's: it is bounded and checked here, and escaped by
 * whoever prints it.
 */
package org.xenledger.xenstore;
