// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

/**
 * How an operation is to be done.
 *
 * @param foreign whether the domain may be one that libvirt manages
 * @param xl the xl that is to do it; null where we do it ourselves
 */
public record Way(boolean foreign, String xl) {
    /** By ourselves, where nobody else manages the domain. */
    public static final Way PLAIN = new Way(false, null);

    boolean byXl() {
        return xl != null;
    }
}
