/**
 * What xenstore holds: an immutable tree, read from a live daemon once or followed by watches, or read from the text of
 * {@code xenstore-ls}.
 *
 * <p>Reads only. May touch the daemon, through {@code client}, and the dump that it is given, nothing else. Every byte of
 * names, values and permissions may be a guest's: it is bounded and checked here, and escaped by whoever prints it.
 */
package org.xenledger.xenstore;
