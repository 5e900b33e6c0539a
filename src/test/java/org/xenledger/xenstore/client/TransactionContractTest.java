// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.OxenstoredDifference;

class TransactionContractTest extends ClientContract {
    @Test
    void nobodySeesAPartOfIt() {
        try (XenstoreClient other = XenstoreClient.open(daemon.socket())) {
            String result = client.transaction(transaction -> {
                transaction.write("/a/one", "1");
                transaction.write("/a/two", "2");
                assertRefused("ENOENT", () -> other.read("/a/one"));
                assertRefused("ENOENT", () -> client.read("/a/one"));
                assertThat(transaction.children("/a")).containsExactly("one", "two");
                return transaction.read("/a/two");
            });
            assertThat(result).isEqualTo("2");
            assertThat(other.read("/a/one")).isEqualTo("1");
        }
    }

    @Test
    void whatThrowsDoesNothing() {
        client.write("/a", "old");
        IllegalStateException failure = new IllegalStateException();
        assertThatThrownBy(() -> client.transaction(transaction -> {
                    transaction.write("/a", "new");
                    throw failure;
                }))
                .isSameAs(failure)
                .hasNoSuppressedExceptions();
        assertThat(client.read("/a")).isEqualTo("old");
    }

    @Test
    void itIsRunAgainWhenAnotherInterferes() {
        client.write("/a", "0");
        AtomicInteger runs = new AtomicInteger();
        client.transaction(transaction -> {
            int value = Integer.parseInt(transaction.read("/a"));
            if (runs.incrementAndGet() <= 3) {
                client.write("/a", Integer.toString(value + 10));
            }
            transaction.write("/a", Integer.toString(value + 1));
            return null;
        });
        assertThat(runs).hasValue(4);
        assertThat(client.read("/a")).isEqualTo("31");
    }

    /** The C daemon refuses to remove a child that the list it gave before does not name. */
    @Test
    void itIsRunAgainWhenWhatItSeesDoesNotFitTogether() {
        client.write("/a", "");
        AtomicInteger runs = new AtomicInteger();
        client.transaction(transaction -> {
            transaction.children("/a");
            if (runs.incrementAndGet() == 1) {
                client.write("/a/new", "");
            }
            transaction.remove("/a/new");
            return null;
        });
        assertThat(runs).hasValue(differs(OxenstoredDifference.STORE_IS_SEEN_AS_AT_START) ? 1 : 2);
    }

    @Test
    void itGivesUpWhenOthersNeverStop() {
        client.write("/a", "");
        AtomicInteger runs = new AtomicInteger();
        assertRefused(
                "EAGAIN",
                () -> client.transaction(transaction -> {
                    client.write("/a", Integer.toString(runs.incrementAndGet()));
                    try (XenstoreClient other = XenstoreClient.open(daemon.socket())) {
                        String read = transaction.read("/a");
                        other.write("/a", "changed " + read);
                    }
                    transaction.write("/b", "");
                    return null;
                }));
        assertThat(runs.get()).isGreaterThan(10);
        assertRefused("ENOENT", () -> client.read("/b"));
    }

    @Test
    void oneThatReadsTheSameAgain() {
        client.write("/a", "same");
        AtomicInteger runs = new AtomicInteger();
        client.transaction(transaction -> {
            transaction.read("/a");
            if (runs.incrementAndGet() == 1) {
                client.write("/a", "same");
            }
            return null;
        });
        assertThat(runs).hasValue(differs(OxenstoredDifference.EQUAL_REPLAY_COMMITS) ? 1 : 2);
    }

    @Test
    void itSeesANodeAsItWasAtFirstSight() {
        client.write("/a", "old");
        AtomicInteger runs = new AtomicInteger();
        String seen = client.transaction(transaction -> {
            if (runs.incrementAndGet() == 1) {
                client.write("/a", "new");
            }
            String first = transaction.read("/a");
            assertThat(transaction.read("/a")).isEqualTo(first);
            return runs.get() + first;
        });
        assertThat(seen).isEqualTo(differs(OxenstoredDifference.STORE_IS_SEEN_AS_AT_START) ? "1old" : "1new");
    }

    @Test
    void manyThreadsCountTogether() throws Exception {
        client.write("/count", "0");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(threads.submit(() -> client.transaction(transaction -> {
                int value = Integer.parseInt(transaction.read("/count"));
                transaction.write("/count", Integer.toString(value + 1));
                return null;
            })));
        }
        for (Future<?> each : all) {
            each.get();
        }
        threads.shutdown();
        assertThat(client.read("/count")).isEqualTo("40");
    }

    @Test
    void itEndsWithItsConnection() throws Exception {
        assertThatThrownBy(() -> client.transaction(transaction -> {
                    transaction.write("/a", "");
                    daemon.stop();
                    startAgain();
                    transaction.write("/b", "");
                    return null;
                }))
                .isInstanceOf(ConnectionException.class);
        assertThat(client.children("/")).doesNotContain("a", "b");
    }

    private void startAgain() {
        try {
            daemon.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
