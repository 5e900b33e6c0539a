// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a watch tells, as it came. */
final class Recorder implements WatchSink {
    private final List<String> told = new ArrayList<>();

    @Override
    public synchronized void changed(String path) {
        told.add(path);
    }

    @Override
    public synchronized void lost() {
        told.add("lost");
    }

    @Override
    public synchronized void restored() {
        told.add("restored");
    }

    synchronized List<String> told() {
        return List.copyOf(told);
    }

    /** What came since, without the event that every watch begins with. */
    synchronized List<String> afterFirst() {
        return List.copyOf(told.subList(Math.min(1, told.size()), told.size()));
    }

    Recorder awaitFirst() {
        await().until(() -> !told().isEmpty());
        return this;
    }
}
