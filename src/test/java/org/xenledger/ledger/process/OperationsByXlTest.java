// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.command.StartHotplug;
import org.xenledger.domain.command.StartUnplug;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.event.XlEvent.XlChosen;
import org.xenledger.domain.operation.Effect;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.operation.UnfinishedException;
import org.xenledger.domain.operation.XlProgress;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.OperationState.Outcome;

/** Operations that xl carries out, from their intent to their end. */
class OperationsByXlTest extends OperationsOfOneGuest {
    @AfterAll
    static void everyTransitionWasVisited() {
        assertThat(VISITED).containsAll(rows(true));
    }

    @Test
    void aHotplugByXlIsFollowedStepByStep() throws Exception {
        assertThat(end(plugByXl("op-1")).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(names())
                .containsExactly(
                        "HotplugStarted",
                        "XlChosen",
                        "XlStarted",
                        "XlWroteEntries",
                        "BackendReady",
                        "XlSucceeded",
                        "FrontendConnected",
                        "HotplugCompleted");
        assertThat(world.done).containsExactly("PREPARE_XL", "FOLLOW_XL", "FOLLOW_XL", "FOLLOW_XL", "AWAIT_FRONTEND");
        assertThat(world.entry).as("what libxl writes is not ours to write").isNull();
    }

    @Test
    void anUnplugByXlIsFollowedStepByStepAndItsStaleEntryIsDropped() throws Exception {
        end(plugByXl("op-1"));
        world.entry = ENTRY;
        world.done.clear();
        assertThat(end(unplugByXl("op-2", false)).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(world.done).containsExactly("PREPARE_XL", "FOLLOW_XL", "FOLLOW_XL", "FOLLOW_XL", "REMOVE_ENTRIES");
        assertThat(world.entry).isNull();
    }

    @Test
    void anXlThatEndsBeforeItsSignsWereSeenIsBelieved() throws Exception {
        for (int seen = 0; seen < 2; seen++) {
            follow(seen, XlProgress.SUCCEEDED);
            world.writeEntries(null, ENTRY, List.of());
            assertThat(end(plugByXl("plug-" + seen)).outcome()).isEqualTo(Outcome.COMPLETED);
            follow(seen, XlProgress.SUCCEEDED);
            assertThat(end(unplugByXl("unplug-" + seen, true)).outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void whatAnXlLeavesOfWhichNobodyKnowsHowItEndedIsFinishedByStepsOfOurs() throws Exception {
        for (int seen = 0; seen < 3; seen++) {
            follow(seen, XlProgress.ENDED);
            world.writeEntries(null, ENTRY, List.of());
            world.script = ScriptStatus.NOT_REPORTED;
            assertThat(end(plugByXl("plug-" + seen)).outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(names()).contains("ScriptSucceeded");
            follow(seen, XlProgress.ENDED);
            assertThat(end(unplugByXl("unplug-" + seen, false)).outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void anXlThatFailsIsTakenBackWhereverItWas() throws Exception {
        for (int seen = 0; seen < 3; seen++) {
            follow(seen, null);
            OperationState end = end(plugByXl("op-" + seen));
            assertThat(end.outcome()).isEqualTo(Outcome.ROLLED_BACK);
            assertThat(end.reason()).isEqualTo("xl ended with status 1: no");
            assertThat(world.present).isFalse();
            assertThat(world.entry).isEqualTo(STALE);
        }
        world.fail(Effect.PREPARE_XL, "there already");
        world.done.clear();
        assertThat(end(plugByXl("op-3")).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(world.done).containsExactly("PREPARE_XL");
    }

    @Test
    void anXlThatCannotUnplugLeavesItWithItsReason() throws Exception {
        for (int seen = 0; seen < 3; seen++) {
            world.writeEntries(null, ENTRY, List.of());
            follow(seen, null);
            OperationState end = end(unplugByXl("op-" + seen, false));
            assertThat(end.outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(end.reason())
                    .isEqualTo((seen == 1 ? "the guest has not let go of it; " : "") + "xl ended with status 1: no");
            end(resume("op-" + seen, SELF, Step.CLOSE_DUE));
        }
        world.fail(Effect.PREPARE_XL, "no such life");
        assertThat(end(unplugByXl("op-3", false)).outcome()).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void whatSomebodyElsePluggedInWhileXlBeganIsNotTakenBack() throws Exception {
        world.others = true;
        OperationState end = end(plugByXl("op-1"));
        assertThat(end.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(end.reason()).contains("is there already");
        assertThat(world.present).isTrue();
        assertThat(world.done).doesNotContain("CLOSE_BACKEND");
    }

    @Test
    void anOperationWhoseXlRunsOnIsLeftWhereItIs() throws Exception {
        world.xlRunsOn = true;
        assertThat(plugByXl("op-1"))
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(UnfinishedException.class);
        assertThat(names()).endsWith("XlStarted");
        assertThat(world.done).doesNotContain("CLOSE_BACKEND", "REMOVE_ENTRIES");
    }

    @Test
    void whatIsTriedInVainWhileAnXlMayRunIsLeftWhereItIs() throws Exception {
        deadline = Instant.now().minusSeconds(1);
        world.stumble(Effect.FOLLOW_XL);
        assertThat(plugByXl("op-1"))
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(UnfinishedException.class);
        assertThat(names()).endsWith("XlStarted");
    }

    /** So many signs are seen of the next xl, then this; null for its failure. */
    private void follow(int signs, XlProgress last) {
        world.xl.clear();
        for (int i = 0; i < signs; i++) {
            world.xl.add(XlProgress.SHOWN);
        }
        world.xlFails = last == null;
        world.xl.add(last == null ? XlProgress.ENDED : last);
    }

    private CompletableFuture<OperationState> plugByXl(String operation) {
        HotplugStarted intent =
                new HotplugStarted(by(), operation, LIFE, DISK, SELF, ENTRY, STALE, List.of(), deadline);
        return operations.start(GUEST, operation, () -> new StartHotplug(GUEST, intent, xl(operation, "block-attach")));
    }

    private CompletableFuture<OperationState> unplugByXl(String operation, boolean force) {
        UnplugStarted intent = new UnplugStarted(by(), operation, LIFE, DISK, SELF, deadline, force);
        return operations.start(GUEST, operation, () -> new StartUnplug(GUEST, intent, xl(operation, "block-detach")));
    }

    private static XlChosen xl(String operation, String command) {
        return new XlChosen(by(), operation, LIFE, DISK, List.of("xl", command));
    }
}
