/**
 * What the xenstore protocol defines, for both of its ends: frames, message types, paths, permissions, and where the
 * socket is.
 *
 * <p>Definition: docs/misc/xenstore.txt and xen/include/public/io/xs_wire.h in Xen's sources. Imports nothing of
 * Xenledger.
 */
package org.xenledger.xenstore.wire;
