// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.view.Views.CLOSED;
import static org.xenledger.domain.view.Views.CLOSING;
import static org.xenledger.domain.view.Views.CONNECTED;
import static org.xenledger.domain.view.Views.HALF_PLUGGED;
import static org.xenledger.domain.view.Views.LIFE;
import static org.xenledger.domain.view.Views.NOON;
import static org.xenledger.domain.view.Views.SECOND_DISK;
import static org.xenledger.domain.view.Views.WAITING;
import static org.xenledger.domain.view.Views.WITHOUT_LIBXL_ENTRY;
import static org.xenledger.domain.view.Views.by;
import static org.xenledger.domain.view.Views.disk;
import static org.xenledger.domain.view.Views.domain;
import static org.xenledger.domain.view.Views.liveView;
import static org.xenledger.domain.view.Views.nic;
import static org.xenledger.domain.view.Views.secondDisk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.Owner;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.event.HotplugEvent.HotplugFailed;
import org.xenledger.domain.event.HotplugEvent.HotplugStarted;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.event.UnplugEvent.UnplugTimedOut;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.SeenDevice;
import org.xenledger.domain.view.Views;
import org.xenledger.reconcile.verdict.Severity;

class DeviceComparisonTest {
    private static final Instant LATER = NOON.plusSeconds(600);
    private static final Owner OWNER = new Owner(Views.HOST, 4711, 98765);
    private static final DomainView GUEST = with();

    @Test
    void aHalfPluggedDeviceOfOthersIsAFindingThatActsAfterTheGrace() {
        DomainView half = with(secondDisk(HALF_PLUGGED));
        Finding fresh = only(Findings.recorded(NOON, GUEST).at(LATER, half));
        assertThat(fresh.verdict()).isEqualTo("HALF_PLUGGED");
        assertThat(fresh.subject()).isEqualTo("vbd/51728 (xvdb)");
        assertThat(fresh.actsAfter()).isEqualTo(LATER.plus(Findings.GRACE));
        assertThat(fresh.words()).contains("backend 2", "frontend 1", "script not reported");
        assertThat(only(Findings.recorded(NOON, half).at(LATER, half)).actsAfter())
                .isEqualTo(NOON.plus(Findings.GRACE));
    }

    @Test
    void aFailedScriptIsToldWithItsError() {
        DomainView failed = with(secondDisk(Views.SCRIPT_FAILED));
        Finding finding = only(Findings.recorded(NOON, failed).at(LATER, failed));
        assertThat(finding.verdict()).isEqualTo("HALF_PLUGGED");
        assertThat(finding.words()).contains("script failed: no such file");
        DomainView broken = domain(liveView(disk(Views.SCRIPT_FAILED), nic(CONNECTED)));
        assertThat(only(Findings.recorded(NOON, GUEST).at(LATER, broken)).verdict())
                .isEqualTo("SCRIPT_FAILED");
    }

    @Test
    void somebodysRemovalIsANoteUntilItStopsGoingOn() {
        DomainView closing = domain(liveView(disk(CLOSING), nic(CONNECTED)));
        assertThat(only(Findings.recorded(NOON, GUEST)
                                .look(NOON.plusSeconds(10), closing)
                                .at(NOON.plusSeconds(69), closing))
                        .verdict())
                .isEqualTo("REMOVAL_UNDER_WAY");
        assertThat(only(new Findings().at(LATER, closing), "vbd/51712 (xvda)").verdict())
                .isEqualTo("HALF_UNPLUGGED");
        Findings stuck = Findings.recorded(NOON, GUEST).look(NOON.plusSeconds(10), closing);
        Finding finding = only(stuck.at(LATER, closing));
        assertThat(finding.verdict()).isEqualTo("REMOVAL_STUCK");
        assertThat(finding.actsAfter()).isNull();
        DomainView closed = domain(liveView(disk(CLOSED), nic(CONNECTED)));
        Finding half = only(stuck.look(NOON.plusSeconds(20), closed).at(LATER, closed));
        assertThat(half.verdict()).isEqualTo("HALF_REMOVED");
        assertThat(half.actsAfter()).isEqualTo(NOON.plusSeconds(20).plus(Findings.GRACE));
    }

    @Test
    void whereTheLibxlEntryIsGoneNothingSaysThatLibxlJsonNamesAnotherMedium() {
        SeenDevice hidden =
                Views.seen(Views.DISK, WITHOUT_LIBXL_ENTRY, Map.of("backend", Views.DISK_ATTRIBUTES.get("backend")));
        DomainView without = domain(liveView(hidden, nic(CONNECTED)));
        Finding finding = only(Findings.recorded(NOON, GUEST).at(LATER, without));
        assertThat(finding.verdict()).isEqualTo("LIBXL_ENTRY_GONE");
        assertThat(finding.words()).endsWith("no /libxl entry, script done)");
        Finding debris = only(new Findings().at(LATER, without), "vbd/51712 (xvda)");
        assertThat(debris.verdict()).isEqualTo("DEBRIS");
        assertThat(debris.words()).startsWith("only one of /libxl and the backend has it: debris, and in use (");
    }

    @Test
    void aDeviceThatOnlyLibxlJsonHasIsStaleByDesign() {
        DomainView without = domain(liveView(disk(CONNECTED)));
        Finding finding = only(Findings.recorded(NOON, without).at(LATER, without));
        assertThat(finding.verdict()).isEqualTo("STALE_ENTRY");
        assertThat(finding.severity()).isEqualTo(Severity.NOTE);
        assertThat(finding.actsAfter()).isNull();
        assertThat(only(Findings.recorded(NOON, GUEST).at(LATER, without)).verdict())
                .isEqualTo("GONE");
    }

    @Test
    void aDeviceThatLibxlJsonLacksIsAFindingBeforeAndAfterItIsRecorded() {
        DomainView more = with(secondDisk(CONNECTED));
        assertThat(only(Findings.recorded(NOON, GUEST).at(LATER, more)).verdict())
                .isEqualTo("UNLISTED");
        assertThat(only(Findings.recorded(NOON, more).at(LATER, more)).verdict())
                .isEqualTo("ENTRY_MISSING");
    }

    @Test
    void anotherMediumOrAddressIsTold() {
        Map<String, String> other = new TreeMap<>(Views.DISK_ATTRIBUTES);
        other.put("params", "aio:/iso/other");
        DomainView swapped = domain(liveView(disk(CONNECTED).withAttributes(other), nic(CONNECTED)));
        assertThat(only(Findings.recorded(NOON, swapped).at(LATER, swapped)).verdict())
                .isEqualTo("EDITED");
        Map<String, String> mac = new TreeMap<>(Views.NIC_ATTRIBUTES);
        mac.put("mac", "00:16:3E:0A:0B:0C");
        DomainView upper = domain(liveView(disk(CONNECTED), nic(CONNECTED).withAttributes(mac)));
        assertThat(Findings.recorded(NOON, upper).at(LATER, upper)).isEmpty();
        other.put("params", "aio:/dev/vg/a");
        DomainView prefixed = domain(liveView(disk(CONNECTED).withAttributes(other), nic(CONNECTED)));
        assertThat(Findings.recorded(NOON, prefixed).at(LATER, prefixed)).isEmpty();
    }

    @Test
    void aGuestThatHasNotConnectedIsANoteThatSaysSinceWhen() {
        DomainView waiting = domain(liveView(disk(WAITING), nic(CONNECTED)));
        Finding finding = only(Findings.recorded(NOON, waiting).at(LATER, waiting));
        assertThat(finding.verdict()).isEqualTo("NOT_CONNECTED");
        assertThat(finding.words()).contains("since " + NOON, "frontend 1");
    }

    @Test
    void aBackendWhoseLibxlEntryIsGoneIsAFinding() {
        DomainView hidden = domain(liveView(disk(Views.WITHOUT_LIBXL_ENTRY), nic(CONNECTED)));
        Finding finding = only(Findings.recorded(NOON, GUEST).at(LATER, hidden));
        assertThat(finding.verdict()).isEqualTo("LIBXL_ENTRY_GONE");
        assertThat(finding.words()).contains("no /libxl entry");
    }

    @Test
    void anUnreadableDeviceIsAFindingThatNobodyActsOn() {
        DomainView hostile = domain(liveView(Views.unreadable(disk(CONNECTED)), nic(CONNECTED)));
        Finding finding = only(Findings.recorded(NOON, GUEST).at(LATER, hostile));
        assertThat(finding.verdict()).isEqualTo("UNREADABLE");
        assertThat(finding.actsAfter()).isNull();
    }

    @Test
    void aConsoleNeverLacksAnEntry() {
        DeviceKey key = new DeviceKey(DeviceKind.CONSOLE, 0);
        SeenDevice console = Views.seen(key, WAITING, Map.of("backend", "/local/domain/0/backend/console/7/0"));
        DomainView guest = domain(liveView(disk(CONNECTED), nic(CONNECTED), console));
        assertThat(Findings.recorded(NOON, guest).at(LATER, guest)).isEmpty();
    }

    @Test
    void anOpenOperationOfOursIsItsOwnersAndPastItsDeadlineTheOwnerIsNamed() {
        Findings host = Findings.recorded(NOON, GUEST).then(hotplugStarted());
        Finding waits = only(host.at(NOON.plusSeconds(5), GUEST));
        assertThat(waits.verdict()).isEqualTo("WAIT_FOR_OWNER");
        assertThat(waits.severity()).isEqualTo(Severity.NOTE);
        Finding late = only(host.at(LATER, GUEST));
        assertThat(late.verdict()).isEqualTo("OWNER_PAST_DEADLINE");
        assertThat(late.words()).contains("pid 4711");
        assertThat(late.actsAfter()).isNull();
    }

    @Test
    void anOperationOfOursThatFailedIsItsOwnersToTakeBack() {
        Findings host = Findings.recorded(NOON, GUEST)
                .then(
                        hotplugStarted(),
                        new HotplugFailed(by(Views.HOST, 3), "op-1", LIFE, SECOND_DISK, "script", "no such file"));
        DomainView halfPlugged = with(secondDisk(Views.SCRIPT_FAILED));
        assertThat(only(host.at(NOON.plusSeconds(5), halfPlugged)).verdict()).isEqualTo("WAIT_FOR_OWNER");
        assertThat(only(host.at(LATER, halfPlugged)).verdict()).isEqualTo("OWNER_PAST_DEADLINE");
    }

    @Test
    void anUnplugOfOursThatTimedOutIsTheOperators() {
        DomainView two = with(secondDisk(CONNECTED));
        Findings host = Findings.recorded(NOON, two)
                .then(
                        new UnplugStarted(
                                by(Views.HOST, 1), "op-2", LIFE, SECOND_DISK, OWNER, NOON.plusSeconds(11), false),
                        new UnplugTimedOut(by(Views.HOST, 12), "op-2", LIFE, SECOND_DISK, "backend 6"));
        Finding finding = only(host.at(LATER, with(secondDisk(CLOSING))));
        assertThat(finding.verdict()).isEqualTo("UNPLUG_STUCK");
        assertThat(finding.actsAfter()).isNull();
        assertThat(only(host.at(LATER, GUEST)).verdict()).isEqualTo("COMPLETE_UNPLUG");
    }

    @Test
    void theNoteAboutOneDeviceDoesNotHideTheNextOne() {
        DomainView three = with(
                secondDisk(HALF_PLUGGED),
                new SeenDevice(new DeviceKey(DeviceKind.VIF, 3), 0, "vif", true, CLOSING, Map.of()));
        assertThat(new Findings().at(LATER, three))
                .extracting(Finding::subject)
                .containsExactlyInAnyOrder("vbd/51712 (xvda)", "vbd/51728 (xvdb)", "vif/0", "vif/3");
    }

    private static HotplugStarted hotplugStarted() {
        return new HotplugStarted(
                by(Views.HOST, 1),
                "op-1",
                LIFE,
                SECOND_DISK,
                OWNER,
                Views.template("{\"vdev\":\"xvdb\"}"),
                null,
                List.of(),
                NOON.plusSeconds(41));
    }

    /** The guest with its disk and nic in order, and more. */
    private static DomainView with(SeenDevice... more) {
        var devices = Views.devices(disk(CONNECTED), nic(CONNECTED));
        devices.putAll(Views.devices(more));
        return domain(liveView().withDevices(devices));
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static Finding only(List<Finding> findings, String subject) {
        return only(findings.stream().filter(f -> f.subject().equals(subject)).toList());
    }
}
