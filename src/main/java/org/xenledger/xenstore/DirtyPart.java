// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What changed in one domain's part, and how much of it may be read again just now: a guest that changes its nodes all the
 * time is read at a bounded pace, on its own account.
 */
final class DirtyPart {
    /** With more changed paths than this, the whole part is read. */
    private static final int MOST_PATHS = 256;

    private static final int FEW_PATHS = 8;
    private static final double NODES_A_SECOND = 5000;
    private static final double MOST_SAVED = 5000;

    private final String key;
    private final Set<String> paths = new LinkedHashSet<>();
    private double allowance = MOST_SAVED;
    private long last;
    private boolean announced;

    DirtyPart(String key, long now) {
        this.key = key;
        this.last = now;
    }

    void add(String path) {
        if (!paths.contains(key) && paths.add(path) && paths.size() > MOST_PATHS) {
            paths.clear();
            paths.add(key);
        }
    }

    boolean dirty() {
        return !paths.isEmpty();
    }

    /** Nanoseconds until it may be read again. */
    long waits(long now) {
        allowance = Math.min(MOST_SAVED, allowance + (now - last) * NODES_A_SECOND / 1e9);
        last = now;
        return allowance > 0 ? 0 : (long) (-allowance * 1e9 / NODES_A_SECOND) + 1;
    }

    /** True once for what has to wait. */
    boolean announce() {
        boolean first = !announced;
        announced = true;
        return first;
    }

    void spend(int nodes) {
        allowance -= nodes;
    }

    boolean rested(long now) {
        waits(now);
        return !dirty() && allowance >= MOST_SAVED;
    }

    List<String> take() {
        List<String> taken = List.copyOf(paths);
        paths.clear();
        announced = false;
        return taken;
    }

    /** Where the tree cannot be relied on because of it. */
    List<String> places() {
        return paths.size() <= FEW_PATHS ? List.copyOf(paths) : List.of(key);
    }
}
