/**
 * An embedded xenstore: the same protocol on a Unix socket as xenstored's, for people without Xen and for tests.
 *
 * <p>It follows the C daemon of Xen 4.17, and a test compares the two operation by operation. {@code Xenstore} and what
 * it uses is pure; {@code XenstoreServer} alone touches sockets. Uses {@code wire} only.
 */
package org.xenledger.xenstore.server;
