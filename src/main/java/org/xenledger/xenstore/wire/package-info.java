/**
 * The xenstore protocol on a Unix socket: frames, one connection, requests in flight.
 *
 * <p>Definition: docs/misc/xenstore.txt and xen/include/public/io/xs_wire.h in Xen's sources. May touch that socket
 * only, and imports nothing of Xenledger.
 */
package org.xenledger.xenstore.wire;
