// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

/** Opens a store and keeps it, for as many milliseconds as told or until it is killed. */
public final class HoldStore {
    private HoldStore() {}

    public static void main(String[] arguments) throws InterruptedException {
        StoreLocation location = StoreLocation.parse(arguments[1]);
        try (Store store = arguments[0].equals("read")
                ? Store.openForReading(location, Store.PATIENCE)
                : Store.openForWriting(location, Store.PATIENCE)) {
            System.out.println(store.location().equals(location) ? "open" : "elsewhere");
            Thread.sleep(arguments.length > 2 ? Long.parseLong(arguments[2]) : Long.MAX_VALUE);
        }
    }
}
