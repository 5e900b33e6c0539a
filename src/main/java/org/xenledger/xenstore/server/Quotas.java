// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What bounds unprivileged domains; the names and defaults of the C daemon. CONTROL shows and changes them. */
final class Quotas {
    /** The kinds, in the order in which they are shown. */
    enum Kind {
        NODES("nodes", 1000, "Nodes per domain"),
        WATCHES("watches", 128, "Watches per domain"),
        TRANSACTIONS("transactions", 10, "Transactions per domain"),
        OUTSTANDING("outstanding", 20, "Outstanding requests per domain"),
        TRANSACTION_NODES("transaction-nodes", 1024, "Max. number of accessed nodes per transaction"),
        MEMORY("memory", 2_621_440, "Total Xenstore memory per domain (error level)"),
        NODE_SIZE("node-size", 2048, "Max. size of a node"),
        PATH_MAX("path-max", 2048, "Max. length of a node path"),
        PERMISSIONS("permissions", 5, "Max. number of permissions per node");

        private final String label;
        private final int standard;
        private final String description;

        Kind(String label, int standard, String description) {
            this.label = label;
            this.standard = standard;
            this.description = description;
        }

        static Optional<Kind> of(String label) {
            return Stream.of(values()).filter(kind -> kind.label.equals(label)).findFirst();
        }
    }

    private final Map<Kind, Integer> limits = new EnumMap<>(Kind.class);

    Quotas() {
        for (Kind kind : Kind.values()) {
            limits.put(kind, kind.standard);
        }
    }

    int get(Kind kind) {
        return limits.get(kind);
    }

    void set(Kind kind, int limit) {
        limits.put(kind, limit);
    }

    /** As CONTROL shows them. */
    String format() {
        StringBuilder text = new StringBuilder("Quota settings:\n");
        limits.forEach(
                (kind, limit) -> text.append(String.format("%-17s: %8d %s\n", kind.label, limit, kind.description)));
        return text.toString();
    }
}
