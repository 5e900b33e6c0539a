// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

/** The names of errors that the C daemon answers with: xsd_errors in xen/include/public/io/xs_wire.h. */
enum Errno {
    EINVAL,
    EACCES,
    EEXIST,
    ENOENT,
    ENOMEM,
    ENOSPC,
    EIO,
    ENOSYS,
    EBUSY,
    EAGAIN,
    E2BIG,
    EPERM
}
