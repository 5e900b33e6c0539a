// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.OxenstoredDifference;
import org.xenledger.xenstore.wire.XenstorePermission;

class WatchContractTest extends ClientContract {
    private XenstoreClient other;

    @BeforeEach
    void openOther() {
        other = XenstoreClient.open(daemon.socket());
    }

    @AfterEach
    void closeOther() {
        other.close();
    }

    private Recorder listen(String path) {
        Recorder recorder = new Recorder();
        client.listen(path, recorder);
        return recorder.awaitFirst();
    }

    /** Another's event comes before any reply to what is asked later. */
    private List<String> eventsOf(Recorder recorder) {
        client.domainPath(0);
        return recorder.afterFirst();
    }

    @Test
    void theFirstEventNamesThePathAsItWasGivenWhetherOrNotItExists() {
        assertThat(listen("/none").told()).containsExactly("/none");
        assertThat(listen("data/none").told()).containsExactly("data/none");
        assertThat(listen("@releaseDomain").told()).containsExactly("@releaseDomain");
    }

    @Test
    void afterACallThatFailedTheNextOneSaysThatChangesWereMissed() {
        List<String> calls = Collections.synchronizedList(new ArrayList<>());
        client.watch("/a", (paths, missed) -> {
            calls.add(missed ? "missed" : "all told");
            if (calls.size() == 1) {
                throw new IllegalStateException("on purpose: once");
            }
        });
        await().dontCatchUncaughtExceptions().until(() -> calls.size() == 1);
        other.write("/a", "1");
        await().dontCatchUncaughtExceptions().until(() -> calls.size() == 2);
        other.write("/a", "2");
        await().dontCatchUncaughtExceptions().until(() -> calls.size() == 3);
        assertThat(calls).containsExactly("all told", "missed", "all told");
    }

    @Test
    void aRelativeWatchTellsRelativePaths() {
        Recorder recorder = listen("data");
        other.write("/local/domain/0/data/x", "");
        assertThat(eventsOf(recorder)).contains("data/x").allMatch(path -> path.startsWith("data"));
    }

    @Test
    void onePathMayBeWatchedTwice() {
        Recorder first = listen("/a");
        Recorder second = listen("/a");
        other.write("/a/b", "");
        assertThat(eventsOf(first)).contains("/a/b");
        assertThat(eventsOf(second)).contains("/a/b");
    }

    @Test
    void anothersChangeIsToldBeforeTheReplyToWhatIsAskedLater() {
        Recorder recorder = listen("/a");
        for (int i = 0; i < 200; i++) {
            other.write("/a/n" + i, "");
            client.read("/a/n" + i);
            assertThat(recorder.told()).contains("/a/n" + i);
        }
    }

    @Test
    void anOwnChangeIsToldToo() {
        Recorder recorder = listen("/a");
        client.write("/a/b", "");
        assertThat(eventsOf(recorder)).contains("/a/b");
    }

    @Test
    void aNewValueNewPermissionsAndTheSameValueAgainAreChanges() {
        other.write("/a", "x");
        for (Runnable change : List.<Runnable>of(
                () -> other.write("/a", "x"),
                () -> other.setPermissions("/a", List.of(new XenstorePermission('r', 0))),
                () -> other.remove("/a"))) {
            Recorder recorder = listen("/a");
            change.run();
            assertThat(eventsOf(recorder)).containsExactly("/a");
        }
    }

    @Test
    void aDirectoryThatIsThereAlreadyIsNoChange() {
        other.write("/a/b", "");
        Recorder recorder = listen("/a");
        other.makeDirectory("/a/b");
        assertThat(eventsOf(recorder)).isEmpty();
    }

    @Test
    void aRemovedTreeIsOneEventAboveAndOneForEachWatchInside() {
        other.write("/a/b/c/d", "");
        Recorder above = listen("/a");
        Recorder inside = listen("/a/b/c");
        Recorder deepest = listen("/a/b/c/d");
        other.remove("/a/b");
        assertThat(eventsOf(above)).containsExactly("/a/b");
        assertThat(eventsOf(inside)).containsExactly("/a/b/c");
        assertThat(eventsOf(deepest)).containsExactly("/a/b/c/d");
    }

    @Test
    void aTransactionIsToldWhenItCommitsAndNotWhenItDoesNot() {
        Recorder recorder = listen("/a");
        other.transaction(transaction -> {
            transaction.write("/a/one", "");
            transaction.write("/a/two", "");
            assertThat(eventsOf(recorder)).isEmpty();
            return null;
        });
        assertThat(eventsOf(recorder)).contains("/a/one", "/a/two");

        Recorder quiet = listen("/a");
        try {
            other.transaction(transaction -> {
                transaction.write("/a/three", "");
                throw new IllegalStateException();
            });
        } catch (IllegalStateException e) {
            assertThat(eventsOf(quiet)).isEmpty();
        }
        try (XenstoreClient closing = XenstoreClient.open(daemon.socket())) {
            Transaction open = closing.begin();
            open.write("/a/four", "");
        }
        other.domainPath(0);
        assertThat(eventsOf(quiet)).isEmpty();
    }

    @Test
    void afterItsEndAWatchTellsNothing() {
        Recorder recorder = new Recorder();
        XenstoreClient.Listening listening = client.listen("/a", recorder);
        recorder.awaitFirst();
        listening.close();
        other.write("/a", "");
        assertThat(eventsOf(recorder)).isEmpty();
    }

    @Test
    void aResetEndsAllWatchesAndTransactions() {
        Recorder recorder = listen("/a");
        Transaction open = client.begin();
        client.resetWatches();
        other.write("/a", "");
        assertThat(eventsOf(recorder)).isEmpty();
        assertThat(catchThrowable(open::abort)).isInstanceOf(RefusedException.class);
    }

    @Test
    void domainsThatComeAndGoAreTold() throws Exception {
        Recorder introduced = listen("@introduceDomain");
        Recorder released = listen("@releaseDomain");
        daemon.introduce(5, other);
        await().untilAsserted(() -> assertThat(eventsOf(introduced)).containsExactly("@introduceDomain"));
        other.introduce(5, 1, 3);
        assertThat(eventsOf(introduced)).as("only the first time").hasSize(1);

        daemon.shutDown(5);
        await().untilAsserted(() -> assertThat(eventsOf(released)).hasSize(1));
        assertThat(client.isIntroduced(5)).isTrue();
        daemon.destroy(5);
        await().untilAsserted(() -> assertThat(eventsOf(released)).hasSize(2));

        daemon.introduce(6, other);
        other.release(6);
        await().untilAsserted(() -> assertThat(eventsOf(released)).hasSize(3));
    }

    @Test
    void theNodesOfADeadDomainGo() throws Exception {
        daemon.introduce(5, other);
        other.write("/local/domain/5/data/x", "");
        other.setPermissions("/local/domain/5/data", List.of(new XenstorePermission('n', 5)));
        Recorder recorder = listen("/local/domain/5");
        Recorder released = listen("@releaseDomain");
        daemon.destroy(5);
        await().untilAsserted(() -> assertThat(eventsOf(released)).hasSize(1));
        assertThat(client.children("/local/domain/5")).isEmpty();
        assertThat(eventsOf(recorder))
                .isEqualTo(
                        differs(OxenstoredDifference.DEATH_REMOVES_SILENTLY)
                                ? List.of()
                                : List.of("/local/domain/5/data"));
    }

    @Test
    void aSlowHandlerDelaysNobodyAndGetsEachPathOnce() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        List<Set<String>> batches = Collections.synchronizedList(new ArrayList<>());
        Watch slow = client.watch("/a", (paths, missed) -> {
            batches.add(paths);
            entered.countDown();
            release.await();
        });
        entered.await();
        Set<String> seen = Collections.synchronizedSet(new HashSet<>());
        client.watch("/a", (paths, missed) -> seen.addAll(paths));
        for (int i = 0; i < 500; i++) {
            other.write("/a/b", Integer.toString(i));
        }
        await().until(() -> seen.contains("/a/b"));
        assertThat(client.read("/a/b")).isEqualTo("499");
        release.countDown();
        await().untilAsserted(() -> assertThat(batches).hasSize(2));
        assertThat(batches.get(1)).containsExactly("/a/b");
        slow.close();
    }

    @Test
    void aHandlerThatIsFloodedIsToldThatItMissedSome() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        AtomicBoolean missedSome = new AtomicBoolean();
        AtomicInteger most = new AtomicInteger();
        client.watch("/a", (paths, missed) -> {
            entered.countDown();
            release.await();
            most.accumulateAndGet(paths.size(), Math::max);
            missedSome.compareAndSet(false, missed);
        });
        entered.await();
        for (int i = 0; i < 1500; i++) {
            other.write("/a/n" + i, "");
        }
        client.domainPath(0);
        release.countDown();
        await().untilTrue(missedSome);
        assertThat(most.get()).isLessThanOrEqualTo(1000);
    }

    /** Whoever follows by watches cannot know of it, and finds it when something else there changes. */
    @Test
    void aNodeMadeOnTheWayToOneThatIsRemovedAgainIsThereWithoutAnEvent() {
        Recorder recorder = listen("/");
        other.transaction(transaction -> {
            transaction.write("/a/b/c", "");
            transaction.remove("/a/b");
            return null;
        });
        assertThat(client.children("/")).contains("a");
        assertThat(eventsOf(recorder)).isEmpty();
    }
}
