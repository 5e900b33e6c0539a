// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.command.RefusedException;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.event.HotplugEvent.HotplugFailed;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.operation.Effect;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.OperationState.Outcome;

/** Operations from their intent to their end, by steps of our own. */
class OperationsTest extends OperationsOfOneGuest {
    @AfterAll
    static void everyTransitionWasVisited() {
        assertThat(VISITED).containsAll(rows(false));
    }

    @Test
    void aHotplugGoesThroughItsStepsInLibxlsOrder() throws Exception {
        assertThat(end(plug("op-1")).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(names())
                .containsExactly(
                        "HotplugStarted",
                        "HotplugEntriesWritten",
                        "BackendReady",
                        "ScriptStarted",
                        "ScriptSucceeded",
                        "FrontendConnected",
                        "HotplugCompleted");
        assertThat(world.done)
                .containsExactly("WRITE_ENTRIES", "AWAIT_BACKEND", "PREPARE_SCRIPT", "RUN_SCRIPT", "AWAIT_FRONTEND");
    }

    @Test
    void anUnplugGoesThroughItsStepsInLibxlsOrder() throws Exception {
        end(plug("op-1"));
        world.done.clear();
        assertThat(end(unplug("op-2", false)).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(world.done)
                .containsExactly(
                        "CLOSE_BACKEND",
                        "AWAIT_CLOSED",
                        "PREPARE_REMOVAL_SCRIPT",
                        "RUN_REMOVAL_SCRIPT",
                        "REMOVE_ENTRIES");
        assertThat(world.entry).isNull();
    }

    @Test
    void aGuestThatDoesNotConnectIsNoFailure() throws Exception {
        world.guestConnects = false;
        assertThat(end(plug("op-1")).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(names()).doesNotContain("FrontendConnected").endsWith("HotplugCompleted");
    }

    @Test
    void aGuestThatNeverConnectedIsNotWaitedFor() throws Exception {
        world.guestConnects = false;
        world.guestLetsGo = false;
        end(plug("op-1"));
        assertThat(end(unplug("op-2", false)).outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void whatCouldNotBeWrittenLeavesNothingToTakeBack() throws Exception {
        world.fail(Effect.WRITE_ENTRIES, "xvdb is there already");
        OperationState end = end(plug("op-1"));
        assertThat(end.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end.reason()).isEqualTo("xvdb is there already");
        assertThat(world.done).containsExactly("WRITE_ENTRIES");
    }

    @Test
    void aBackendThatNeverComesIsTakenBack() throws Exception {
        world.backendComes = false;
        OperationState end = end(plug("op-1"));
        assertThat(end.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end.reason()).contains("not ready after 10 s");
        assertThat(world.present).isFalse();
    }

    @Test
    void aScriptThatFailsIsTakenBackAndTheEntryThatWasReplacedIsPutBack() throws Exception {
        world.fail(Effect.RUN_SCRIPT, "no such file");
        OperationState end = end(plug("op-1"));
        assertThat(end.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(world.present).isFalse();
        assertThat(world.entry).isEqualTo(STALE);
        assertThat(names()).contains("ScriptFailed", "HotplugFailed", "BackendClosing", "HotplugRolledBack");
    }

    @Test
    void aScriptThatCannotBeStartedIsTakenBack() throws Exception {
        world.fail(Effect.PREPARE_SCRIPT, "no such script");
        assertThat(end(plug("op-1")).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void aDeviceThatSomebodyTakesAwayMeanwhileIsTakenBack() throws Exception {
        world.fail(Effect.AWAIT_FRONTEND, "somebody removed it");
        assertThat(end(plug("op-1")).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void aGuestThatRefusesTimesOutAndItsLateConsentCompletesTheSameOperation() throws Exception {
        end(plug("op-1"));
        world.guestLetsGo = false;
        assertThat(end(unplug("op-2", false)).outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(world.present).isTrue();
        CompletableFuture<OperationState> late = resume("op-2", SELF, Step.REMOVAL_SCRIPT_DUE);
        assertThat(late.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(world.present).isFalse();
    }

    @Test
    void aGuestThatRefusesCanBeForced() throws Exception {
        end(plug("op-1"));
        world.guestLetsGo = false;
        assertThat(end(unplug("op-2", true)).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(names()).contains("UnplugForced");
    }

    @Test
    void aDeviceWhoseBackendIsGoneIsCleared() throws Exception {
        end(plug("op-1"));
        world.present = false;
        assertThat(end(unplug("op-2", false)).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(names()).doesNotContain("BackendClosing", "RemovalScriptStarted");
        assertThat(world.entry).isNull();
    }

    @Test
    void aRemovalThatCannotGoOnIsLeftWithItsReason() throws Exception {
        for (Effect stuck : List.of(Effect.CLOSE_BACKEND, Effect.FORCE_CLOSE, Effect.REMOVE_ENTRIES)) {
            end(plug("plug-" + stuck));
            world.fail(stuck, "libxl's lock is held");
            OperationState end = end(unplug("unplug-" + stuck, stuck == Effect.FORCE_CLOSE));
            assertThat(end.outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(end.reason()).isEqualTo("libxl's lock is held");
            world.fail(stuck, null);
            assertThat(resume("unplug-" + stuck, SELF, Step.CLOSE_DUE)
                            .get(20, TimeUnit.SECONDS)
                            .outcome())
                    .isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void aTakingBackThatIsStuckTimesOutToo() throws Exception {
        for (Effect stuck : List.of(Effect.CLOSE_BACKEND, Effect.REMOVE_ENTRIES)) {
            world.fail(Effect.RUN_SCRIPT, "no such file");
            world.fail(stuck, "libxl's lock is held");
            assertThat(end(plug("op-" + stuck)).outcome()).isEqualTo(Outcome.TIMED_OUT);
            world.fail(stuck, null);
            assertThat(resume("op-" + stuck, SELF, Step.GIVEN_UP)
                            .get(20, TimeUnit.SECONDS)
                            .outcome())
                    .isEqualTo(Outcome.ROLLED_BACK);
        }
    }

    @Test
    void aTakingBackGoesOnByForce() throws Exception {
        world.fail(Effect.RUN_SCRIPT, "no such file");
        world.fail(Effect.AWAIT_CLOSED, "the guest does not answer");
        assertThat(end(plug("op-1")).outcome()).isEqualTo(Outcome.TIMED_OUT);
        world.fail(Effect.FORCE_CLOSE, "the store is gone");
        assertThat(resume("op-1", SELF, Step.FORCING).get(20, TimeUnit.SECONDS).outcome())
                .isEqualTo(Outcome.TIMED_OUT);
        world.fail(Effect.FORCE_CLOSE, null);
        assertThat(resume("op-1", SELF, Step.FORCING).get(20, TimeUnit.SECONDS).outcome())
                .isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void aRemovalScriptThatFailsIsRecordedAndTheRemovalGoesOn() throws Exception {
        for (Effect script : List.of(Effect.PREPARE_REMOVAL_SCRIPT, Effect.RUN_REMOVAL_SCRIPT)) {
            end(plug("plug-" + script));
            world.fail(script, "losetup: busy");
            assertThat(end(unplug("unplug-" + script, false)).outcome()).isEqualTo(Outcome.COMPLETED);
            world.fail(script, null);
        }
    }

    @Test
    void whatAnEffectLeavesOpenIsTriedAgain() throws Exception {
        world.stumble(Effect.WRITE_ENTRIES);
        world.stumble(Effect.RUN_SCRIPT);
        assertThat(end(plug("op-1")).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(world.done.stream().filter("WRITE_ENTRIES"::equals)).hasSize(2);
    }

    @Test
    void whatStaysOpenUntilTheDeadlineIsGivenUp() throws Exception {
        deadline = Instant.now().minusSeconds(1);
        world.stumble(Effect.AWAIT_BACKEND);
        OperationState end = end(plug("op-1"));
        assertThat(end.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end.reason()).isEqualTo("the connection is lost");
    }

    @Test
    void aSecondRequestForTheSameDomainWaitsForTheFirst() throws Exception {
        CompletableFuture<OperationState> first = plug("op-1");
        CompletableFuture<OperationState> second = unplug("op-2", false);
        CompletableFuture<OperationState> third = plug("op-3");
        assertThat(end(third).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(names())
                .filteredOn(name -> name.endsWith("Started") || name.endsWith("Completed"))
                .containsExactly(
                        "HotplugStarted",
                        "ScriptStarted",
                        "HotplugCompleted",
                        "UnplugStarted",
                        "RemovalScriptStarted",
                        "UnplugCompleted",
                        "HotplugStarted",
                        "ScriptStarted",
                        "HotplugCompleted");
    }

    @Test
    void whatTheStateDoesNotAllowIsRefusedAndTheNextOneGoesOn() throws Exception {
        end(plug("op-1"));
        CompletableFuture<OperationState> refused = plug("op-2");
        CompletableFuture<OperationState> next = unplug("op-3", false);
        assertThat(end(next).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(refused)
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RefusedException.class);
    }

    @Test
    void anOperationOfAnotherOwnerIsLeftAloneUntilItIsTakenOver() throws Exception {
        append(intent("op-1", DEAD));
        end(CompletableFuture.supplyAsync(() -> null, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)));
        assertThat(world.done).isEmpty();
        CompletableFuture<OperationState> taken = resume("op-1", DEAD, Step.GIVEN_UP);
        assertThat(taken.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void anOperationIsResumedWhereTheWorldStandsAlsoWhenItsScriptIsDone() throws Exception {
        append(intent("op-1", DEAD));
        world.writeEntries(null, ENTRY, List.of());
        world.script = ScriptStatus.SUCCEEDED;
        CompletableFuture<OperationState> taken = resume("op-1", DEAD, Step.BACKEND_AWAITED);
        assertThat(taken.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(world.done).doesNotContain("RUN_SCRIPT");
    }

    @Test
    void whatCameUpAfterItWasGivenUpIsCompletedLate() throws Exception {
        append(intent("op-1", DEAD), new HotplugFailed(by(), "op-1", LIFE, DISK, "x", "slow"));
        world.writeEntries(null, ENTRY, List.of());
        world.awaitFrontend(null);
        assertThat(end(resume("op-1", DEAD, Step.GIVEN_UP)).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(names()).endsWith("HotplugCompletedLate");
        assertThat(world.present).isTrue();
    }

    @Test
    void whoComesSecondToTakeAnOperationOverIsToldSo() throws Exception {
        append(intent("op-1", DEAD));
        end(resume("op-1", DEAD, Step.GIVEN_UP));
        assertThat(resume("op-1", DEAD, Step.GIVEN_UP))
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RefusedException.class);
    }

    @Test
    void whatAnEarlierTryMayHaveWrittenIsTakenBack() throws Exception {
        append(intent("op-1", DEAD));
        world.writeEntries(null, ENTRY, List.of());
        world.fail(Effect.WRITE_ENTRIES, "libxl's lock is held");
        assertThat(end(resume("op-1", DEAD, Step.WRITING)).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(world.present).isFalse();
        assertThat(world.entry).isEqualTo(STALE);
    }

    @Test
    void whatOthersHaveWrittenIsNot() throws Exception {
        append(intent("op-1", DEAD));
        world.writeEntries(null, ENTRY, List.of());
        world.others = true;
        world.fail(Effect.WRITE_ENTRIES, "xvdb is there already");
        assertThat(end(resume("op-1", DEAD, Step.WRITING)).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(world.present).isTrue();
        assertThat(world.entry).isEqualTo(ENTRY);
    }

    @Test
    void anEventThatIsDeliveredTwiceHasItsEffectOnce() throws Exception {
        HotplugStarted event = intent("op-1", SELF);
        CompletableFuture<OperationState> end = process.waiting().endOf("op-1");
        append(event);
        for (int i = 0; i < 20; i++) {
            process.happened(GUEST, event);
        }
        assertThat(end(end).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(world.done)
                .containsExactly("WRITE_ENTRIES", "AWAIT_BACKEND", "PREPARE_SCRIPT", "RUN_SCRIPT", "AWAIT_FRONTEND");
    }
}
