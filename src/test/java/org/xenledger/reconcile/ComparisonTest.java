// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.view.Views.CONNECTED;
import static org.xenledger.domain.view.Views.NOON;
import static org.xenledger.domain.view.Views.TEMPLATE;
import static org.xenledger.domain.view.Views.disk;
import static org.xenledger.domain.view.Views.domain;
import static org.xenledger.domain.view.Views.liveView;
import static org.xenledger.domain.view.Views.nic;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.SeenDevice;
import org.xenledger.domain.view.TemplateFile;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.domain.view.Views;
import org.xenledger.reconcile.verdict.Severity;

class ComparisonTest {
    private static final Instant LATER = NOON.plusSeconds(600);
    private static final LiveView LIVE = liveView(disk(CONNECTED), nic(CONNECTED));
    private static final DomainView GUEST = domain(LIVE);
    private static final TemplateView PRESENT = new TemplateView.Present(TEMPLATE);

    @Test
    void aGuestThatAllViewsAgreeAboutGivesNothing() {
        assertThat(Findings.recorded(NOON, GUEST).at(LATER, GUEST)).isEmpty();
    }

    @Test
    void aMissingLibxlEntryIsAFindingAndHidesItsDevices() {
        LiveView bare = Views.withoutLibxl(LIVE).withDevices(Views.devices());
        assertOnly(Findings.recorded(NOON, GUEST).at(LATER, domain(bare)), "LIBXL_GONE", Severity.FINDING);
    }

    @Test
    void aMissingHomeIsAFindingAndHidesItsDevices() {
        LiveView bare = Views.withoutHome(LIVE).withDevices(Views.devices());
        assertOnly(Findings.recorded(NOON, GUEST).at(LATER, domain(bare)), "HOME_GONE", Severity.FINDING);
    }

    @Test
    void aTruncatedLookIsAFindingAndHidesItsDevices() {
        LiveView part = Views.truncated(LIVE).withDevices(Views.devices());
        assertOnly(Findings.recorded(NOON, GUEST).at(LATER, domain(part)), "INCOMPLETE", Severity.FINDING);
    }

    @Test
    void anUnreadableLibxlJsonSaysWhy() {
        DomainView torn = domain(LIVE, new TemplateView.Unreadable("line 3: torn"));
        assertThat(assertOnly(Findings.recorded(NOON, GUEST).at(LATER, torn), "TEMPLATE_UNREADABLE", Severity.FINDING)
                        .words())
                .endsWith(": line 3: torn");
    }

    @Test
    void aGuestWithoutLibxlJsonIsBeingCreatedForTheGraceTime() {
        DomainView without = domain(LIVE, new TemplateView.None());
        Findings host = Findings.recorded(NOON, without);
        assertOnly(host.at(NOON.plusSeconds(59), without), "BEING_CREATED", Severity.NOTE);
        assertOnly(host.at(NOON.plusSeconds(60), without), "NO_TEMPLATE", Severity.FINDING);
        assertOnly(new Findings().at(LATER, without), "BEING_CREATED", Severity.NOTE);
    }

    @Test
    void nothingIsEverDoneAboutADomainAsAWhole() {
        DomainView without = domain(LIVE, new TemplateView.None());
        assertThat(Findings.recorded(NOON, without).at(LATER, without))
                .allSatisfy(finding -> assertThat(finding.actsAfter()).isNull());
    }

    @Test
    void anOrphanFileIsNamed() {
        Finding finding = assertOnly(
                new Findings().at(LATER, Findings.withOrphan(new TemplateFile(9, Views.OTHER_UUID, PRESENT))),
                "ORPHAN_TEMPLATE",
                Severity.FINDING);
        assertThat(finding.subject()).isEqualTo("userdata-d.9." + Views.OTHER_UUID + ".libxl-json");
        assertThat(finding.stream()).isEqualTo(StreamId.ofUuid(Views.OTHER_UUID));
        assertThat(finding.life()).isNull();
    }

    @Test
    void aLeftoverBackendDirectoryIsTheHosts() {
        Finding finding = assertOnly(
                new Findings().at(LATER, Findings.withLeftover("/local/domain/0/backend/vbd/9")),
                "LEFTOVER_BACKEND",
                Severity.FINDING);
        assertThat(finding.subject()).isEqualTo("/local/domain/0/backend/vbd/9");
        assertThat(finding.stream()).isEqualTo(StreamId.ofHost("xen1"));
    }

    @Test
    void aLookThatIsNotWholeSaysWhatIsMissing() {
        assertThat(assertOnly(
                                new Findings().at(LATER, Findings.incomplete("/local: not read in time")),
                                "INCOMPLETE",
                                Severity.FINDING)
                        .words())
                .contains("/local: not read in time");
    }

    @Test
    void aGuestThatIsInNoViewIsGone() {
        Finding finding = assertOnly(Findings.recorded(NOON, GUEST).at(LATER), "GONE", Severity.NOTE);
        assertThat(finding.name()).isEqualTo("guest1");
        assertThat(finding.life()).isEqualTo(Views.LIFE);
    }

    @Test
    void anotherHostsGuestIsNotMissedHere() {
        Incarnation there = new Incarnation(Views.OTHER_HOST, 7, "1");
        DomainView elsewhere = Views.domain(there, LIVE, PRESENT);
        assertThat(Findings.recorded(NOON, elsewhere).at(LATER)).isEmpty();
    }

    @Test
    void ofTwoLivesOfOneUuidOnlyTheOneThatIsNotSeenIsGone() {
        Incarnation second = new Incarnation(Views.HOST, 8, "1795300500");
        LiveView live = Views.as(LIVE, 8, Views.UUID, "1795300500");
        DomainView restarted = Views.domain(second, live, PRESENT);
        Findings host = Findings.recorded(NOON, GUEST, restarted);
        assertThat(host.at(LATER, GUEST, restarted)).isEmpty();
        assertThat(assertOnly(host.at(LATER, restarted), "GONE", Severity.NOTE).life())
                .isEqualTo(Views.LIFE);
    }

    @Test
    void aRenamedGuestIsANote() {
        DomainView renamed = domain(Views.named(LIVE, "guest1x"));
        Finding finding = assertOnly(Findings.recorded(NOON, GUEST).at(LATER, renamed), "RENAMED", Severity.NOTE);
        assertThat(finding.words()).contains("guest1");
        assertThat(finding.name()).isEqualTo("guest1x");
    }

    @Test
    void anotherStaticMaxIsANoteAndAnotherTargetNone() {
        DomainView more = domain(Views.turned(LIVE, Views.KNOBS.withStaticMax(2097152L)));
        assertThat(assertOnly(Findings.recorded(NOON, GUEST).at(LATER, more), "MEMORY_SET", Severity.NOTE)
                        .words())
                .contains("2097152 KiB")
                .contains("1048576 KiB");
        DomainView less = domain(Views.turned(LIVE, Views.KNOBS.withMemoryTarget(524288L)));
        assertThat(Findings.recorded(NOON, GUEST).at(LATER, less)).isEmpty();
    }

    @Test
    void aGuestWithoutANameOrANumberInLibxlJsonGivesNoNote() {
        DomainView bare = domain(
                LIVE,
                new TemplateView.Present(Views.template("{\"disks\":[{\"vdev\":\"xvda\","
                        + "\"pdev_path\":\"/dev/vg/a\"}],\"nics\":[{\"devid\":0}],\"b_info\":{\"max_memkb\":\"1\"}}")));
        assertThat(Findings.recorded(NOON, bare).at(LATER, bare)).isEmpty();
    }

    @Test
    void findingsGoBeforeNotes() {
        DomainView renamed = domain(Views.named(liveView(disk(CONNECTED)), "other"));
        List<Finding> found = new Findings().at(LATER, renamed, domain(Views.withoutHome(LIVE)));
        assertThat(found).extracting(Finding::severity).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(found).extracting(Finding::verdict).startsWith("HOME_GONE").contains("RENAMED", "STALE_ENTRY");
    }

    @Test
    void whatAGuestWroteAndWasNotReadIsANoteAndHidesNothing() {
        DomainView flooded = domain(Views.flooded(liveView(disk(Views.SCRIPT_FAILED), nic(CONNECTED))));
        List<Finding> found = Findings.recorded(NOON, GUEST).at(LATER, flooded);
        assertThat(found).extracting(Finding::verdict).containsExactly("SCRIPT_FAILED", "GUEST_UNREAD");
        assertThat(found.get(1).words()).contains("/local/domain/7/data: kept changing");
        assertThat(found.get(1).severity()).isEqualTo(Severity.NOTE);
    }

    @Test
    void aTruncatedLookSaysWhatOfTheDomainItMisses() {
        assertThat(new Findings().at(LATER, domain(Views.truncated(LIVE))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.words()).endsWith(": " + Views.UNREAD));
    }

    @Test
    void aDomidThatNobodyNamesIsTheHosts() {
        HostView host = new HostView(Views.HOST, List.of(), List.of(), Set.of(7), Views.STORE);
        Finding finding = assertOnly(Findings.recorded(NOON, GUEST).at(LATER, host), "UNNAMED", Severity.FINDING);
        assertThat(finding.subject()).isEqualTo("domid 7");
        assertThat(finding.stream()).isEqualTo(StreamId.ofHost("xen1"));
    }

    @Test
    void aLifeWhoseStartTimeCameLaterIsStillThatLife() {
        DomainView creating = Views.domain(Views.UNTIMED, Views.as(LIVE, Views.DOMID, Views.UUID, ""), PRESENT);
        assertThat(Findings.recorded(NOON, creating).at(LATER, GUEST)).isEmpty();
    }

    @Test
    void aMissingVmIsAFindingAndHidesTheDevices() {
        DomainView nobodys = domain(Views.as(liveView(), Views.DOMID, "", ""));
        assertOnly(Findings.recorded(NOON, GUEST).at(LATER, nobodys), "VM_GONE", Severity.FINDING);
    }

    @Test
    void aFindingSaysBesideTheScriptThatLibxlJsonNamesAnotherMedium() {
        SeenDevice moved = Views.seen(Views.DISK, Views.SCRIPT_FAILED, Map.of("params", "/dev/vg/z", "dev", "xvda"));
        assertThat(assertOnly(
                                Findings.recorded(NOON, GUEST).at(LATER, domain(liveView(moved, nic(CONNECTED)))),
                                "SCRIPT_FAILED",
                                Severity.FINDING)
                        .words())
                .endsWith("script failed: no such file, libxl-json /dev/vg/a, xenstore /dev/vg/z)");
    }

    private static Finding assertOnly(List<Finding> findings, String verdict, Severity severity) {
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).verdict()).isEqualTo(verdict);
        assertThat(findings.get(0).severity()).isEqualTo(severity);
        return findings.get(0);
    }
}
