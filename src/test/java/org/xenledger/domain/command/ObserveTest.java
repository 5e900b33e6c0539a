// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.command.Looks.names;
import static org.xenledger.domain.view.Views.CONNECTED;
import static org.xenledger.domain.view.Views.KNOBS;
import static org.xenledger.domain.view.Views.LIFE;
import static org.xenledger.domain.view.Views.TEMPLATE;
import static org.xenledger.domain.view.Views.WAITING;
import static org.xenledger.domain.view.Views.disk;
import static org.xenledger.domain.view.Views.domain;
import static org.xenledger.domain.view.Views.liveView;
import static org.xenledger.domain.view.Views.nic;
import static org.xenledger.domain.view.Views.truncated;
import static org.xenledger.domain.view.Views.withoutHome;
import static org.xenledger.domain.view.Views.withoutLibxl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Knobs;
import org.xenledger.domain.event.LifecycleEvent.DomainRegistered;
import org.xenledger.domain.event.LifecycleEvent.DomainRenamed;
import org.xenledger.domain.event.LifecycleEvent.DomainStopped;
import org.xenledger.domain.event.LifecycleEvent.MemoryTargetSet;
import org.xenledger.domain.event.LifecycleEvent.StaticMaxSet;
import org.xenledger.domain.event.LifecycleEvent.TemplateEdited;
import org.xenledger.domain.event.LifecycleEvent.TemplateLost;
import org.xenledger.domain.event.LifecycleEvent.VcpusSet;
import org.xenledger.domain.event.StopReason;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.domain.view.Views;

class ObserveTest {
    private static final LiveView GUEST = liveView(disk(CONNECTED), nic(WAITING));
    private static final DomainView SEEN = domain(GUEST);
    private static final TemplateView NONE = new TemplateView.None();
    private static final TemplateView TORN = new TemplateView.Unreadable("line 3: torn");

    @Test
    void theFirstLookRegistersADomainAndTellsAllOfIt() {
        assertThat(names(new Looks().at(SEEN)))
                .containsExactly(
                        "DomainRegistered", "DomainStarted", "TemplateFound", "DeviceAppeared", "DeviceAppeared");
    }

    @Test
    void theSameLookTwiceGivesNoEvent() {
        assertThat(Looks.after(SEEN).at(SEEN)).isEmpty();
    }

    @Test
    void aProvisionalUuidIsSaidToBeOne() {
        DomainView provisional = new DomainView(Views.GUEST, true, LIFE, GUEST, NONE);
        assertThat(new Looks().at(provisional))
                .first()
                .isInstanceOfSatisfying(
                        DomainRegistered.class, e -> assertThat(e.provisional()).isTrue());
    }

    @Test
    void aNewNameIsARename() {
        assertThat(Looks.after(SEEN).at(domain(Views.named(GUEST, "guest1x"))))
                .singleElement()
                .isInstanceOfSatisfying(DomainRenamed.class, e -> {
                    assertThat(e.from()).isEqualTo("guest1");
                    assertThat(e.to()).isEqualTo("guest1x");
                });
    }

    @Test
    void eachKnobHasAnEventOfItsOwn() {
        Looks looks = Looks.after(SEEN);
        assertThat(looks.at(turned(KNOBS.withMemoryTarget(524288L))))
                .singleElement()
                .isInstanceOf(MemoryTargetSet.class);
        assertThat(looks.at(turned(KNOBS.withMemoryTarget(524288L).withStaticMax(2097152L))))
                .singleElement()
                .isInstanceOf(StaticMaxSet.class);
        assertThat(looks.at(turned(looks.life().knobs().withOnlineVcpus(List.of(0)))))
                .singleElement()
                .isInstanceOf(VcpusSet.class);
    }

    @Test
    void anEditOfLibxlJsonIsToldAsItsDifference() {
        ObjectNode edited = TEMPLATE.deepCopy().put("on_reboot", "destroy");
        assertThat(Looks.after(SEEN).at(domain(GUEST, new TemplateView.Present(edited))))
                .singleElement()
                .isInstanceOfSatisfying(
                        TemplateEdited.class, e -> assertThat(e.edits()).hasSize(1));
    }

    @Test
    void libxlJsonIsLostOnceForEachReasonAndFoundAgain() {
        Looks looks = Looks.after(SEEN);
        assertThat(looks.at(domain(GUEST, NONE)))
                .singleElement()
                .isInstanceOfSatisfying(
                        TemplateLost.class, e -> assertThat(e.reason()).isEqualTo("the file is gone"));
        assertThat(looks.at(domain(GUEST, NONE))).isEmpty();
        assertThat(names(looks.at(domain(GUEST, TORN)))).containsExactly("TemplateLost");
        assertThat(looks.at(domain(GUEST, TORN))).isEmpty();
        assertThat(looks.life().template()).isEqualTo(TEMPLATE);
        assertThat(names(looks.at(SEEN))).containsExactly("TemplateFound");
        assertThat(looks.life().templateLost()).isNull();
    }

    @Test
    void aFileThatWasNeverReadAndIsGoneIsLostAgainForThatReason() {
        Looks looks = Looks.after(domain(GUEST, TORN));
        looks.at(domain(GUEST, NONE));
        assertThat(looks.life().templateLost()).isEqualTo("the file is gone");
    }

    @Test
    void aDomainThatNeverHadAFileHasLostNone() {
        assertThat(Looks.after(domain(GUEST, NONE)).at(domain(GUEST, NONE))).isEmpty();
    }

    @Test
    void aDomainInNoViewHasVanishedOnce() {
        Looks looks = Looks.after(SEEN);
        assertThat(looks.at()).singleElement().isInstanceOfSatisfying(DomainStopped.class, e -> {
            assertThat(e.reason()).isEqualTo(StopReason.VANISHED);
            assertThat(e.incarnation()).isEqualTo(LIFE);
        });
        assertThat(looks.at()).isEmpty();
        assertThat(looks.life().running()).isFalse();
    }

    @Test
    void aLookThatDidNotSeeAllDomainsStopsNone() {
        Looks looks = Looks.after(SEEN);
        assertThat(looks.at(Views.HOST, false)).isEmpty();
        assertThat(looks.life().running()).isTrue();
    }

    @Test
    void aLifeThatSeemedToHaveVanishedRunsAgainWhenItIsSeen() {
        Looks looks = Looks.after(SEEN);
        looks.at();
        assertThat(names(looks.at(SEEN))).startsWith("DomainStarted").doesNotContain("DomainRegistered");
        assertThat(looks.life().running()).isTrue();
        assertThat(looks.life().devices()).hasSize(2);
        assertThat(looks.at(SEEN)).isEmpty();
    }

    @Test
    void anotherBootEndsTheLivesOfTheOneBeforeAlsoInAPartialLook() {
        for (boolean whole : new boolean[] {true, false}) {
            assertThat(Looks.after(SEEN).at(Views.NEXT_BOOT, whole))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            DomainStopped.class, e -> assertThat(e.reason()).isEqualTo(StopReason.HOST_REBOOTED));
        }
    }

    @Test
    void anotherHostsLifeIsNotThisHostsToEnd() {
        Looks looks = Looks.after(SEEN);
        assertThat(looks.at(Views.OTHER_HOST, true)).isEmpty();
        assertThat(looks.life().running()).isTrue();
    }

    @Test
    void twoLivesOfOneUuidStandBesideEachOther() {
        Incarnation second = new Incarnation(Views.HOST, 8, "1795300500");
        DomainView restarted = domain(second, Views.as(GUEST, 8, Views.UUID, "1795300500"), SEEN.template());
        Looks looks = Looks.after(SEEN);
        assertThat(names(looks.at(SEEN, restarted))).startsWith("DomainStarted").doesNotContain("DomainStopped");
        assertThat(looks.state().incarnations()).hasSize(2);
        assertThat(looks.at(SEEN, restarted)).isEmpty();
        assertThat(names(looks.at(restarted))).containsExactly("DomainStopped");
    }

    @ParameterizedTest
    @MethodSource
    void aLookThatDoesNotKnowTheDevicesNeverTakesOneForGone(LiveView lacking) {
        Looks looks = Looks.after(SEEN);
        assertThat(looks.at(domain(lacking.withDevices(Views.devices())))).isEmpty();
        assertThat(looks.life().devices())
                .hasSize(2)
                .allSatisfy((key, device) -> assertThat(device.live()).isNotNull());
    }

    static List<LiveView> aLookThatDoesNotKnowTheDevicesNeverTakesOneForGone() {
        return List.of(truncated(GUEST), withoutHome(GUEST), withoutLibxl(GUEST), truncated(withoutHome(GUEST)));
    }

    @Test
    void aDomainWithoutItsHomeIsNotRenamedToNothing() {
        assertThat(Looks.after(SEEN).at(domain(withoutHome(GUEST)))).isEmpty();
        assertThat(Looks.after(SEEN).at(domain(Views.turned(truncated(GUEST), Knobs.UNKNOWN))))
                .isEmpty();
    }

    @Test
    void aDomainThatIsBeingCreatedGetsItsStartTimeAndStaysTheSameLife() {
        DomainView creating = domain(Views.UNTIMED, Views.as(GUEST, Views.DOMID, Views.UUID, ""), NONE);
        Looks looks = Looks.after(creating);
        assertThat(names(looks.at(SEEN))).containsExactly("StartTimeSeen", "TemplateFound");
        assertThat(looks.state().incarnations()).containsOnlyKeys(LIFE);
        assertThat(looks.life().devices()).hasSize(2);
        assertThat(looks.life().running()).isTrue();
        assertThat(looks.at(SEEN)).isEmpty();
    }

    @Test
    void aLifeWithoutStartTimeThatEndedIsNotTheOneThatStartsLater() {
        DomainView creating = domain(Views.UNTIMED, Views.as(GUEST, Views.DOMID, Views.UUID, ""), NONE);
        Looks looks = Looks.after(creating);
        looks.at();
        assertThat(names(looks.at(SEEN))).startsWith("DomainStarted").doesNotContain("StartTimeSeen");
        assertThat(looks.state().incarnations()).containsOnlyKeys(Views.UNTIMED, LIFE);
    }

    @Test
    void aLifeOfAnotherBootOrDomidIsNotGivenTheStartTime() {
        for (Incarnation other :
                List.of(new Incarnation(Views.NEXT_BOOT, Views.DOMID, ""), new Incarnation(Views.HOST, 8, ""))) {
            Looks looks = Looks.after(domain(other, Views.as(GUEST, other.domid(), Views.UUID, ""), NONE));
            assertThat(names(looks.at(SEEN))).doesNotContain("StartTimeSeen");
        }
    }

    @Test
    void devicesThatTheLookLacksAreNotGoneWhileTheirDomainIsInDoubt() {
        Looks looks = Looks.after(SEEN);
        DomainView bare = domain(GUEST.withDevices(Views.devices()));
        assertThat(looks.at(Views.HOST, false, bare)).isEmpty();
        assertThat(names(looks.at(bare))).containsExactly("DeviceGone", "DeviceGone");
    }

    private static DomainView turned(Knobs knobs) {
        return domain(Views.turned(GUEST, knobs));
    }
}
