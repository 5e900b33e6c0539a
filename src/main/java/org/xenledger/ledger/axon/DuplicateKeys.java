// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import java.sql.SQLException;

/** Tells that a row was already there; Axon's own resolver does not know H2's exceptions. */
final class DuplicateKeys {
    private static final String UNIQUE_VIOLATION = "23505";

    private DuplicateKeys() {}

    static boolean causedBy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (SQLException e = cause instanceof SQLException sql ? sql : null; e != null; e = e.getNextException()) {
                if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    return true;
                }
            }
        }
        return false;
    }
}
