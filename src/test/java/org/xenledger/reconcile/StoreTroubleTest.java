// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.view.Views.CONNECTED;
import static org.xenledger.domain.view.Views.NOON;
import static org.xenledger.domain.view.Views.STORE;
import static org.xenledger.domain.view.Views.disk;
import static org.xenledger.domain.view.Views.liveView;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.StoreView;
import org.xenledger.domain.view.TemplateFile;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.domain.view.Views;

/** Devices of several domains that are gone at once, and what is no sign of trouble. */
class StoreTroubleTest {
    private static final TemplateView TEMPLATE = new TemplateView.Present(Views.TEMPLATE);
    private static final LiveView LIVE = liveView(disk(CONNECTED));
    private static final DomainView FIRST = Views.domain(LIVE);
    private static final DomainView SECOND = second(LIVE);
    private static final DomainView FIRST_BARE = Views.domain(liveView());
    private static final DomainView SECOND_BARE = second(liveView());
    private static final TemplateFile FIRST_FILE = new TemplateFile(7, Views.UUID, TEMPLATE);
    private static final TemplateFile SECOND_FILE = new TemplateFile(8, Views.OTHER_UUID, TEMPLATE);
    private static final StoreView EMPTIED = new StoreView("", List.of("/libxl"), List.of());

    private final Findings two = Findings.recorded(NOON, FIRST, SECOND);

    @Test
    void whileDevicesAreThereAllIsWell() {
        assertThat(two.trouble(Findings.host(STORE, FIRST, SECOND)).any()).isFalse();
        assertThat(new Findings().trouble(Findings.host(EMPTIED)).any()).isFalse();
    }

    @Test
    void twoDomainsWithoutAnyDeviceAreASign() {
        StoreTrouble trouble = two.trouble(Findings.host(STORE, FIRST_BARE, SECOND_BARE));
        assertThat(trouble.has(Views.GUEST, Views.LIFE)).isTrue();
        assertThat(trouble.has(SECOND.stream(), SECOND.incarnation())).isTrue();
        assertThat(two.at(NOON, FIRST_BARE, SECOND_BARE))
                .extracting(Finding::verdict)
                .containsExactly("STORE_IN_TROUBLE", "STORE_IN_TROUBLE");
    }

    @Test
    void oneDomainThatLostItsDevicesIsItsOwnMatter() {
        assertThat(two.trouble(Findings.host(STORE, FIRST_BARE, SECOND)).any()).isFalse();
    }

    @Test
    void twoDomainsOfWhichOnlyTheirFilesAreLeftAreASign() {
        HostView host = Findings.withOrphans(STORE, FIRST_FILE, SECOND_FILE);
        assertThat(two.trouble(host).any()).isTrue();
        assertThat(two.at(NOON, host)).extracting(Finding::verdict).containsOnly("STORE_IN_TROUBLE");
    }

    @Test
    void twoDomainsThatAreGoneFromEveryViewWereDestroyedInOrder() {
        assertThat(two.trouble(Findings.host(STORE)).any()).isFalse();
        assertThat(two.at(NOON, Findings.host(STORE)))
                .extracting(Finding::verdict)
                .containsExactly("GONE", "GONE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/libxl", "/local/domain/0"})
    void aStoreWithoutItsDirectoriesIsASignWithOneDomainAndWithoutFiles(String missing) {
        HostView host = Findings.host(new StoreView("", List.of(missing), List.of()));
        Findings one = Findings.recorded(NOON, FIRST);
        assertThat(one.trouble(host).has(Views.GUEST, Views.LIFE)).isTrue();
        assertThat(one.at(NOON, host)).extracting(Finding::verdict).containsExactly("STORE_IN_TROUBLE");
    }

    @Test
    void aHostWhereNoGuestRanYetNeedsNoLibxl() {
        DomainView bare = Views.domain(liveView());
        assertThat(Findings.recorded(NOON, bare).trouble(Findings.host(EMPTIED)).any())
                .isFalse();
        assertThat(Findings.recorded(NOON, FIRST)
                        .look(NOON)
                        .trouble(Findings.host(EMPTIED, FIRST))
                        .any())
                .isFalse();
    }

    @Test
    void aLookThatDoesNotKnowTheDomainsMissesNone() {
        HostView unlisted = Findings.host(new StoreView("/libxl: not read in time", List.of("/libxl"), List.of()));
        assertThat(two.trouble(unlisted).any()).isFalse();
        DomainView cut = Views.domain(Views.truncated(liveView()));
        assertThat(two.trouble(Findings.host(STORE, cut, second(Views.truncated(liveView()))))
                        .any())
                .isFalse();
    }

    @Test
    void anotherBootsLivesAreNotMissed() {
        Incarnation before = new Incarnation(Views.NEXT_BOOT, 7, "1");
        Findings ledger = Findings.recorded(NOON, Views.domain(before, LIVE, TEMPLATE));
        assertThat(ledger.trouble(Findings.host(EMPTIED)).any()).isFalse();
    }

    @Test
    void aTroubledStoresLeftoversAndFilesAreNobodysToRemove() {
        StoreView leftover = new StoreView("", List.of("/libxl"), List.of("/local/domain/0/backend/vbd/7"));
        HostView host = Findings.withOrphans(leftover, FIRST_FILE, SECOND_FILE);
        assertThat(two.at(NOON, host)).extracting(Finding::verdict).containsOnly("STORE_IN_TROUBLE");
    }

    private static DomainView second(LiveView live) {
        return new DomainView(
                StreamId.ofUuid(Views.OTHER_UUID),
                false,
                new Incarnation(Views.HOST, 8, "1795300500"),
                Views.as(live, 8, Views.OTHER_UUID, "1795300500"),
                TEMPLATE);
    }
}
