// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.Owner;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.RefusedException;
import org.xenledger.domain.command.ResumeOperation;
import org.xenledger.domain.command.StartHotplug;
import org.xenledger.domain.command.StartUnplug;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.HotplugEvent.HotplugFailed;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.LifecycleEvent.DomainRegistered;
import org.xenledger.domain.event.LifecycleEvent.DomainStarted;
import org.xenledger.domain.event.OperationEvent.OperationResumed;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.event.XlEvent.XlChosen;
import org.xenledger.domain.operation.Effect;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.operation.UnfinishedException;
import org.xenledger.domain.operation.XlProgress;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.OperationState.Direction;
import org.xenledger.domain.state.OperationState.Outcome;
import org.xenledger.domain.state.StepMachine;
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.ledger.HistoryFilter;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.axon.AxonLedger;

/** Operations from their intent to their end, over a real ledger and a world of memory. */
class OperationsTest {
    private static final StreamId GUEST = StreamId.ofUuid("5814e8a6-6120-43fd-bb68-051553960d55");
    private static final HostIdentity HOST = new HostIdentity("xen1", "boot-1");
    private static final Incarnation LIFE = new Incarnation(HOST, 7, "1795300000");
    private static final DeviceKey DISK = DeviceKey.parse("vbd/51728");
    private static final Owner SELF = new Owner(HOST, 4711, 98765);
    private static final Owner DEAD = new Owner(HOST, 4000, 90000);
    private static final ObjectNode ENTRY = (ObjectNode) LosslessJson.parse("{\"vdev\":\"xvdb\"}");
    private static final ObjectNode STALE = (ObjectNode) LosslessJson.parse("{\"vdev\":\"xvdb\",\"readwrite\":1}");
    private static final Set<StepMachine.Row> VISITED = new HashSet<>();

    private final MemoryToolstack world = new MemoryToolstack();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private Instant deadline = Instant.now().plusSeconds(60);
    private Ledger ledger;
    private OperationProcess process;
    private Operations operations;

    @BeforeEach
    void open() {
        ledger = AxonLedger.openToOperate(
                Ledgers.open(Ledgers.inMemory()),
                Clock.systemUTC(),
                made -> process = new OperationProcess(made, world, SELF, Clock.systemUTC(), workers));
        operations = new Operations(ledger, process.waiting());
        append(new DomainRegistered(by(), false), new DomainStarted(by(), LIFE, "guest1", Knobs.UNKNOWN));
    }

    @AfterEach
    void close() {
        remember();
        workers.shutdownNow();
        ledger.close();
    }

    @AfterAll
    static void everyTransitionWasVisited() {
        assertThat(VISITED)
                .containsAll(StepMachine.of(Direction.HOTPLUG))
                .containsAll(StepMachine.of(Direction.UNPLUG));
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

    private CompletableFuture<OperationState> plug(String operation) {
        return operations.start(GUEST, operation, () -> new StartHotplug(GUEST, intent(operation, SELF)));
    }

    private CompletableFuture<OperationState> unplug(String operation, boolean force) {
        return operations.start(
                GUEST,
                operation,
                () -> new StartUnplug(GUEST, new UnplugStarted(by(), operation, LIFE, DISK, SELF, deadline, force)));
    }

    private CompletableFuture<OperationState> resume(String operation, Owner from, Step step) {
        return operations.start(
                GUEST,
                operation,
                () -> new ResumeOperation(
                        GUEST,
                        from,
                        new OperationResumed(by(), operation, LIFE, DISK, SELF, step, "a test", deadline)));
    }

    private static <T> T end(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private HotplugStarted intent(String operation, Owner owner) {
        return new HotplugStarted(
                by(),
                operation,
                LIFE,
                DISK,
                owner,
                ENTRY,
                STALE,
                List.of(new PlannedNode("/libxl/7/device/vbd/51728/params", "/x", "")),
                deadline);
    }

    private static Provenance by() {
        return new Provenance("alice", HOST, "a test", Instant.now());
    }

    private void append(DomainEvent... events) {
        ledger.handle(new Ledgers.Append(GUEST, List.of(events)));
    }

    private List<String> names() {
        return deviceEvents().map(e -> e.getClass().getSimpleName()).toList();
    }

    private Stream<DeviceEvent> deviceEvents() {
        return ledger.reader().events(GUEST, HistoryFilter.ALL).stream()
                .filter(recorded -> recorded.event() instanceof DeviceEvent)
                .map(recorded -> (DeviceEvent) recorded.event());
    }

    /** Which rows of the tables this test's history went through. */
    private void remember() {
        DomainState folded = DomainState.unknown(GUEST);
        for (var recorded : ledger.reader().events(GUEST, HistoryFilter.ALL)) {
            if (recorded.event() instanceof DeviceEvent event) {
                folded.operation(LIFE, DISK)
                        .filter(operation -> operation.id().equals(event.operation()))
                        .ifPresent(operation -> StepMachine.of(operation.direction()).stream()
                                .filter(row -> row.state() == operation.due() && row.event() == event.getClass())
                                .forEach(VISITED::add));
            }
            folded = Evolution.evolve(folded, recorded.event());
        }
    }
}
