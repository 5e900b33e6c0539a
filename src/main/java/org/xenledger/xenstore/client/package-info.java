/**
 * A client of xenstore: one connection that many threads share, watches, transactions, and the way back after a daemon's
 * restart.
 *
 * <p>May touch the daemon's Unix socket only; uses {@code wire}. One thread of its own reads and writes; what it calls
 * must not block, and says so.
 */
package org.xenledger.xenstore.client;
