// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

/** The domain was destroyed, or is another one by now, when its lock was got. */
public final class DomainGoneException extends UserdataException {
    private static final long serialVersionUID = 1L;

    DomainGoneException(int domid) {
        super("domain " + domid + " is not there any longer");
    }
}
