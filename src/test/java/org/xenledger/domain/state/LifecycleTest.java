// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.xenledger.domain.state.History.LIFE;
import static org.xenledger.domain.state.History.OTHER_LIFE;
import static org.xenledger.domain.state.History.at;
import static org.xenledger.domain.state.History.fold;
import static org.xenledger.domain.state.History.life;
import static org.xenledger.domain.state.History.running;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.event.LifecycleEvent.DomainRegistered;
import org.xenledger.domain.event.LifecycleEvent.DomainRenamed;
import org.xenledger.domain.event.LifecycleEvent.DomainStarted;
import org.xenledger.domain.event.LifecycleEvent.DomainStopped;
import org.xenledger.domain.event.LifecycleEvent.DomainUnregistered;
import org.xenledger.domain.event.LifecycleEvent.LockHolderSeen;
import org.xenledger.domain.event.LifecycleEvent.MemoryTargetSet;
import org.xenledger.domain.event.LifecycleEvent.StartTimeSeen;
import org.xenledger.domain.event.LifecycleEvent.StaticMaxSet;
import org.xenledger.domain.event.LifecycleEvent.TemplateEdited;
import org.xenledger.domain.event.LifecycleEvent.TemplateFound;
import org.xenledger.domain.event.LifecycleEvent.TemplateLost;
import org.xenledger.domain.event.LifecycleEvent.VcpusSet;
import org.xenledger.domain.event.StopReason;
import org.xenledger.domain.template.LosslessJson;
import org.xenledger.domain.template.TemplateDiff;

class LifecycleTest {
    private static final ObjectNode TEMPLATE = (ObjectNode) LosslessJson.parse("{\"c_info\":{\"name\":\"guest1\"}}");
    private static final ObjectNode EDITED =
            (ObjectNode) LosslessJson.parse("{\"disks\":[],\"c_info\":{\"name\":\"guest1\"}}");
    private static final TemplateEdited EDIT = new TemplateEdited(at(5), LIFE, TemplateDiff.between(TEMPLATE, EDITED));

    @Test
    void aDomainIsRegisteredUntilItIsTakenOut() {
        DomainState registered = fold(DomainState.unknown(History.GUEST), new DomainRegistered(at(0), true));
        assertThat(registered.registered()).isTrue();
        assertThat(registered.provisional()).isTrue();
        assertThat(registered.current()).isEmpty();
        assertThat(fold(registered, new DomainUnregistered(at(1))).registered()).isFalse();
    }

    @Test
    void everyEventCountsAndLeavesTheStateBeforeItAlone() {
        DomainState before = running();
        DomainState after = fold(before, new LockHolderSeen(at(3), LIFE, 1, "xl", null));
        assertThat(after.version()).isEqualTo(before.version() + 1);
        fold(before, History.hotplugStarted());
        assertThat(before).isEqualTo(running());
    }

    @Test
    void nameAndKnobsAreWhatWasLastSet() {
        IncarnationState life = life(fold(
                running(),
                new DomainRenamed(at(3), LIFE, "guest1", "guest2"),
                new MemoryTargetSet(at(4), LIFE, null, 114688L),
                new StaticMaxSet(at(5), LIFE, null, 204800L),
                new VcpusSet(at(6), LIFE, null, List.of(0, 1))));
        assertThat(life.name()).isEqualTo("guest2");
        assertThat(life.knobs()).isEqualTo(new Knobs(114688L, 204800L, List.of(0, 1)));
    }

    @Test
    void anEditedTemplateIsWhatWasFoundWithTheEditsApplied() {
        IncarnationState life = life(fold(running(), new TemplateFound(at(4), LIFE, TEMPLATE), EDIT));
        assertThat(life.template()).hasToString(EDITED.toString());
    }

    @Test
    void aLostTemplateKeepsWhatItLastSaidUntilItIsFoundAgain() {
        DomainState lost =
                fold(running(), new TemplateFound(at(4), LIFE, TEMPLATE), new TemplateLost(at(5), LIFE, "it is empty"));
        assertThat(life(lost).template()).isEqualTo(TEMPLATE);
        assertThat(life(lost).templateLost()).isEqualTo("it is empty");
        IncarnationState found = life(fold(lost, new TemplateFound(at(6), LIFE, EDITED)));
        assertThat(found.template()).isEqualTo(EDITED);
        assertThat(found.templateLost()).isNull();
    }

    @Test
    void aLifeKeepsEverythingWhenItsStartTimeIsSeen() {
        Incarnation untimed = LIFE.withoutStartTime();
        DomainState state = fold(
                DomainState.unknown(History.GUEST),
                new DomainRegistered(at(0), false),
                new DomainStarted(at(1), untimed, "guest1", Knobs.UNKNOWN),
                new TemplateFound(at(2), untimed, TEMPLATE));
        IncarnationState before = state.incarnation(untimed).orElseThrow();
        assertThat(state.named(LIFE)).isEqualTo(untimed);
        DomainState timed = fold(state, new StartTimeSeen(at(3), untimed, LIFE.startTime()));
        assertThat(timed.incarnations()).containsOnlyKeys(LIFE);
        assertThat(life(timed)).isEqualTo(before);
        assertThat(timed.named(LIFE)).isEqualTo(LIFE);
    }

    @Test
    void anEditOfATemplateThatWasNeverFoundIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> fold(running(), EDIT))
                .withMessageContaining("template that was never found");
    }

    @Test
    void anEditThatDoesNotFitTheTemplateIsRefused() {
        DomainState state = fold(running(), new TemplateFound(at(4), LIFE, EDITED));
        assertThatIllegalStateException().isThrownBy(() -> fold(state, EDIT));
    }

    @Test
    void theCurrentLifeIsTheLastStartedAmongTheRunningOnes() {
        DomainState two = fold(running(), new DomainStarted(at(9), OTHER_LIFE, "guest1", Knobs.UNKNOWN));
        assertThat(two.current()).contains(OTHER_LIFE);
        DomainState one = fold(two, new DomainStopped(at(10), OTHER_LIFE, StopReason.CRASH));
        assertThat(one.current()).contains(LIFE);
        assertThat(one.incarnation(OTHER_LIFE).orElseThrow().stopped()).isEqualTo(StopReason.CRASH);
        DomainState none = fold(one, new DomainStopped(at(11), LIFE, StopReason.POWEROFF));
        assertThat(none.current()).contains(OTHER_LIFE);
    }
}
