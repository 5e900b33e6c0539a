// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

/** Reads one state, as a reading command does. */
final class ReadOnce {
    private ReadOnce() {}

    public static void main(String[] arguments) {
        try (Store store = Store.openForReading(StoreLocation.parse(arguments[0]), Store.PATIENCE)) {
            LedgerReader reader = new LedgerReader(store);
            System.out.println(
                    "version " + reader.state(reader.streams().get(0)).version());
        }
    }
}
