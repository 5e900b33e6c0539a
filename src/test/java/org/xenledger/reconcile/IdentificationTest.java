// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.view.Views.HOST;
import static org.xenledger.domain.view.Views.OTHER_UUID;
import static org.xenledger.domain.view.Views.UUID;
import static org.xenledger.domain.view.Views.liveView;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.TemplateFile;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.domain.view.Views;

class IdentificationTest {
    private static final String NIL = "00000000-0000-0000-0000-000000000000";
    private static final TemplateView CONTENT = new TemplateView.Present(Views.TEMPLATE);
    private static final TemplateFile AGREEING = new TemplateFile(7, UUID, CONTENT);
    private static final TemplateFile DISAGREEING = new TemplateFile(7, OTHER_UUID, CONTENT);
    private static final LiveView LIVE = liveView();

    @Test
    void theFileThatAgreesWithVmIsTheDomains() {
        HostView host = identify(LIVE, AGREEING);
        DomainView view = only(host);
        assertThat(view.stream()).isEqualTo(StreamId.ofUuid(UUID));
        assertThat(view.provisional()).isFalse();
        assertThat(view.template()).isEqualTo(CONTENT);
        assertThat(view.incarnation()).isEqualTo(Views.LIFE);
        assertThat(host.orphans()).isEmpty();
    }

    @Test
    void ofTwoFilesTheOneThatAgreesIsTheDomainsAndTheOtherAnOrphan() {
        HostView host = identify(LIVE, DISAGREEING, AGREEING);
        assertThat(only(host).stream()).isEqualTo(StreamId.ofUuid(UUID));
        assertThat(host.orphans()).containsExactly(DISAGREEING);
    }

    @Test
    void theOnlyFileOfTheDomidIsTheDomainsAlsoWhenVmNamesAnother() {
        HostView host = identify(LIVE, DISAGREEING);
        assertThat(only(host).stream()).isEqualTo(StreamId.ofUuid(OTHER_UUID));
        assertThat(only(host).provisional()).isFalse();
        assertThat(host.orphans()).isEmpty();
    }

    @Test
    void theOnlyFileIsAnOrphanWhenAnEarlierLifeOwnedIt() {
        HostView host = identify(
                (uuid, domid, start) -> uuid.equals(OTHER_UUID) && domid == 7 && start.equals(Views.START_TIME),
                List.of(LIVE),
                DISAGREEING);
        assertThat(only(host).stream()).isEqualTo(StreamId.ofUuid(UUID));
        assertThat(only(host).provisional()).isTrue();
        assertThat(only(host).template()).isInstanceOf(TemplateView.None.class);
        assertThat(host.orphans()).containsExactly(DISAGREEING);
    }

    @Test
    void theFileThatAgreesIsTakenWhoeverHadTheDomidBefore() {
        assertThat(only(identify((uuid, domid, start) -> true, List.of(LIVE), AGREEING))
                        .provisional())
                .isFalse();
    }

    @Test
    void ofTwoFilesThatBothDisagreeNeitherIsTaken() {
        TemplateFile third = new TemplateFile(7, "11111111-1111-4111-8111-111111111111", CONTENT);
        HostView host = identify(LIVE, DISAGREEING, third);
        assertThat(only(host).stream()).isEqualTo(StreamId.ofUuid(UUID));
        assertThat(only(host).provisional()).isTrue();
        assertThat(host.orphans()).containsExactlyInAnyOrder(DISAGREEING, third);
    }

    @Test
    void withoutAFileTheUuidIsProvisional() {
        HostView host = identify(LIVE, new TemplateFile(8, OTHER_UUID, CONTENT));
        assertThat(only(host).provisional()).isTrue();
        assertThat(only(host).template()).isInstanceOf(TemplateView.None.class);
        assertThat(host.orphans()).hasSize(1);
    }

    @Test
    void withoutAFileAndWithoutVmThereIsNoDomainToName() {
        assertThat(identify(Views.withoutHome(LIVE)).domains()).isEmpty();
        assertThat(only(identify(Views.withoutHome(LIVE), AGREEING)).stream()).isEqualTo(StreamId.ofUuid(UUID));
    }

    @Test
    void anUnreadableFileStillSaysWhoseItIs() {
        TemplateFile torn = new TemplateFile(7, UUID, new TemplateView.Unreadable("torn"));
        assertThat(only(identify(LIVE, torn)).provisional()).isFalse();
    }

    @Test
    void domain0IsTheHostWithTheNilUuidsFile() {
        LiveView domain0 = Views.as(LIVE, 0, "", "");
        TemplateFile nil = new TemplateFile(0, NIL, CONTENT);
        HostView host = identify(domain0, new TemplateFile(0, UUID, new TemplateView.Unreadable("x")), nil);
        assertThat(only(host).stream()).isEqualTo(StreamId.ofHost("xen1"));
        assertThat(only(host).provisional()).isFalse();
        assertThat(only(host).template()).isEqualTo(CONTENT);
        assertThat(only(identify(domain0, new TemplateFile(0, UUID, CONTENT))).template())
                .isEqualTo(CONTENT);
        assertThat(only(identify(domain0)).provisional()).isFalse();
    }

    @Test
    void twoLivesOfOneUuidAreTwoViewsOfOneStream() {
        LiveView second = Views.as(LIVE, 8, UUID, "1795300500");
        HostView host =
                identify((u, d, s) -> false, List.of(second, LIVE), new TemplateFile(8, UUID, CONTENT), AGREEING);
        assertThat(host.domains()).extracting(DomainView::stream).containsOnly(Views.GUEST);
        assertThat(host.domains())
                .extracting(DomainView::incarnation)
                .containsExactly(Views.LIFE, new Incarnation(HOST, 8, "1795300500"));
    }

    @Test
    void whatIsNobodysIsHandedOn() {
        HostView host =
                new Identification(HOST, (u, d, s) -> false).identify(List.of(), List.of(AGREEING), Views.STORE);
        assertThat(host.orphans()).containsExactly(AGREEING);
        assertThat(host.store()).isEqualTo(Views.STORE);
        assertThat(host.host()).isEqualTo(HOST);
    }

    @Test
    void aDomidThatNobodyNamesLetsNoLifeWithItEnd() {
        HostView host = identify(Views.as(LIVE, 7, "", ""), new TemplateFile(8, OTHER_UUID, CONTENT));
        assertThat(host.unnamed()).containsExactly(7);
        assertThat(host.inDoubt(Views.GUEST, Views.LIFE)).isTrue();
        assertThat(host.inDoubt(Views.GUEST, new Incarnation(HOST, 9, "1"))).isFalse();
    }

    private static HostView identify(LiveView live, TemplateFile... files) {
        return identify((uuid, domid, start) -> false, List.of(live), files);
    }

    private static HostView identify(Identification.KnownLives owners, List<LiveView> lives, TemplateFile... files) {
        return new Identification(HOST, owners).identify(lives, List.of(files), Views.STORE);
    }

    private static DomainView only(HostView host) {
        assertThat(host.domains()).hasSize(1);
        return host.domains().get(0);
    }
}
