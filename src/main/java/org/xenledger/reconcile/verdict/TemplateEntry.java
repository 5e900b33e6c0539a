// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile.verdict;

/** What libxl-json says of a device. */
public enum TemplateEntry {
    ABSENT,
    PRESENT,
    /** There, and it names another medium or address than xenstore. */
    DIFFERENT,
    UNREADABLE
}
