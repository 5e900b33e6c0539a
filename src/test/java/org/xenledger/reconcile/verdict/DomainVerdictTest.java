// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.view.Views.CONNECTED;
import static org.xenledger.domain.view.Views.HOST;
import static org.xenledger.domain.view.Views.TEMPLATE;
import static org.xenledger.domain.view.Views.disk;
import static org.xenledger.domain.view.Views.domain;
import static org.xenledger.domain.view.Views.liveView;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.domain.view.Views;

class DomainVerdictTest {
    private static final TemplateView NONE = new TemplateView.None();
    private static final TemplateView UNREADABLE = new TemplateView.Unreadable("line 1: no");
    private static final TemplateView PRESENT = new TemplateView.Present(TEMPLATE);
    private static final LiveView GUEST = liveView(disk(CONNECTED));

    @Test
    void aGuestThatAllViewsHaveIsInOrder() {
        assertThat(DomainVerdict.on(domain(GUEST), false)).isEqualTo(DomainVerdict.IN_ORDER);
    }

    @Test
    void aTruncatedLookIsIncompleteWhateverElseItShows() {
        LiveView nothing = Views.truncated(Views.withoutLibxl(Views.withoutHome(GUEST)));
        for (TemplateView template : new TemplateView[] {NONE, UNREADABLE, PRESENT}) {
            assertThat(DomainVerdict.on(domain(nothing, template), true)).isEqualTo(DomainVerdict.INCOMPLETE);
        }
    }

    @Test
    void aGuestWithoutItsHomeOrItsLibxlEntryIsInTrouble() {
        assertThat(DomainVerdict.on(domain(Views.withoutHome(GUEST)), true)).isEqualTo(DomainVerdict.HOME_GONE);
        assertThat(DomainVerdict.on(domain(Views.withoutLibxl(GUEST), NONE), true))
                .isEqualTo(DomainVerdict.LIBXL_GONE);
    }

    @Test
    void aGuestWithoutLibxlJsonIsBeingCreatedUntilTheGraceIsPast() {
        assertThat(DomainVerdict.on(domain(GUEST, NONE), false)).isEqualTo(DomainVerdict.BEING_CREATED);
        assertThat(DomainVerdict.on(domain(GUEST, NONE), true)).isEqualTo(DomainVerdict.NO_TEMPLATE);
        assertThat(DomainVerdict.BEING_CREATED.severity()).isEqualTo(Severity.NOTE);
    }

    @Test
    void anUnreadableLibxlJsonIsAFinding() {
        assertThat(DomainVerdict.on(domain(GUEST, UNREADABLE), true)).isEqualTo(DomainVerdict.TEMPLATE_UNREADABLE);
    }

    @Test
    void aGuestWhoseVmIsOfAnotherUuidWasPreserved() {
        LiveView preserved = Views.as(GUEST, Views.DOMID, Views.OTHER_UUID, "");
        assertThat(DomainVerdict.on(domain(preserved), true)).isEqualTo(DomainVerdict.PRESERVED);
    }

    @Test
    void aGuestWhoseVmIsGoneIsNotTakenForAPreservedOne() {
        LiveView nobodys = Views.as(GUEST, Views.DOMID, "", "");
        assertThat(DomainVerdict.on(domain(nobodys), true)).isEqualTo(DomainVerdict.VM_GONE);
        assertThat(DomainVerdict.VM_GONE.severity()).isEqualTo(Severity.FINDING);
    }

    @Test
    void domain0NeedsNoLibxlEntryAndNoVm() {
        LiveView live = Views.withoutLibxl(Views.as(liveView(), 0, "", ""));
        assertThat(DomainVerdict.on(domain0(live, PRESENT), false)).isEqualTo(DomainVerdict.IN_ORDER);
        assertThat(DomainVerdict.on(domain0(live, NONE), false)).isEqualTo(DomainVerdict.NO_TEMPLATE);
        assertThat(DomainVerdict.on(domain0(Views.withoutHome(live), PRESENT), false))
                .isEqualTo(DomainVerdict.HOME_GONE);
    }

    @Test
    void everyCombinationHasAVerdictAndEveryVerdictACombination() {
        Set<DomainVerdict> seen = EnumSet.noneOf(DomainVerdict.class);
        for (int flags = 0; flags < 64; flags++) {
            LiveView live = (flags & 1) == 0 ? GUEST : Views.withoutHome(GUEST);
            live = (flags & 2) == 0 ? live : Views.withoutLibxl(live);
            live = (flags & 4) == 0 ? live : Views.truncated(live);
            live = (flags & 8) == 0 ? live : Views.as(live, Views.DOMID, Views.OTHER_UUID, "1");
            live = (flags & 32) == 0 ? live : Views.as(live, Views.DOMID, "", "");
            for (TemplateView template : new TemplateView[] {NONE, UNREADABLE, PRESENT}) {
                DomainVerdict verdict = DomainVerdict.on(domain(live, template), (flags & 16) == 0);
                seen.add(verdict);
                assertThat(verdict == DomainVerdict.IN_ORDER).isEqualTo((flags & 47) == 0 && template.equals(PRESENT));
            }
        }
        assertThat(seen)
                .as("only a whole host shows that its store is in trouble")
                .isEqualTo(EnumSet.complementOf(EnumSet.of(DomainVerdict.STORE_IN_TROUBLE)));
    }

    private static DomainView domain0(LiveView live, TemplateView template) {
        return new DomainView(StreamId.ofHost("xen1"), false, new Incarnation(HOST, 0, ""), live, template);
    }
}
