// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile.verdict;

import static org.xenledger.domain.device.LiveCondition.ABSENT;
import static org.xenledger.domain.device.LiveCondition.CLOSED;
import static org.xenledger.domain.device.LiveCondition.CLOSING;
import static org.xenledger.domain.device.LiveCondition.CONNECTED;
import static org.xenledger.domain.device.LiveCondition.INITIALISING;
import static org.xenledger.domain.device.LiveCondition.PARTIAL;
import static org.xenledger.domain.device.LiveCondition.READY;
import static org.xenledger.domain.device.LiveCondition.SCRIPT_FAILED;
import static org.xenledger.domain.device.LiveCondition.UNREADABLE;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.xenledger.domain.device.LiveCondition;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.state.Origin;
import org.xenledger.domain.state.Phase;

/** The table of verdicts a second time, as a list of situations of which the first that fits wins. */
final class DesignTable {
    /** A situation with its verdict. */
    record Row(Predicate<DeviceCase> fits, DeviceVerdict verdict) {}

    private static final Set<Phase> NOT_KNOWN = EnumSet.of(Phase.UNKNOWN, Phase.DETACHED);
    private static final Predicate<DeviceCase> OWNED =
            c -> c.owner() == OwnerStatus.ALIVE || c.owner() == OwnerStatus.UNKNOWN;
    private static final Predicate<DeviceCase> OFF = c -> c.online() == Online.NO;

    static final List<Row> ROWS = List.of(
            new Row(is(UNREADABLE).or(c -> c.entry() == TemplateEntry.UNREADABLE), DeviceVerdict.UNREADABLE),
            new Row(OWNED.and(DeviceCase::pastDeadline), DeviceVerdict.OWNER_PAST_DEADLINE),
            new Row(OWNED, DeviceVerdict.WAIT_FOR_OWNER),
            new Row(in(Phase.ATTACHING).and(is(ABSENT)), DeviceVerdict.DROP_ENTRY),
            new Row(in(Phase.ATTACHING).and(OFF.or(is(CLOSING, CLOSED))), DeviceVerdict.RESUME_AS_REMOVAL),
            new Row(in(Phase.ATTACHING).and(is(PARTIAL, SCRIPT_FAILED)), DeviceVerdict.ROLL_BACK),
            new Row(in(Phase.ATTACHING).and(is(INITIALISING)), DeviceVerdict.RESUME_HOTPLUG),
            new Row(in(Phase.ATTACHING).and(is(READY)).and(DeviceCase::scriptDue), DeviceVerdict.RESUME_HOTPLUG),
            new Row(in(Phase.ATTACHING).and(is(READY, CONNECTED)), DeviceVerdict.COMPLETE_HOTPLUG),
            new Row(in(Phase.DETACHING).and(is(ABSENT)), DeviceVerdict.COMPLETE_UNPLUG),
            new Row(in(Phase.DETACHING).and(is(CLOSED)), DeviceVerdict.RESUME_UNPLUG),
            new Row(in(Phase.DETACHING).and(DeviceCase::pastDeadline), DeviceVerdict.UNPLUG_STUCK),
            new Row(in(Phase.DETACHING), DeviceVerdict.RESUME_UNPLUG),
            new Row(in(Phase.ATTACHED).and(is(ABSENT)).and(c -> c.origin() == Origin.OURS), DeviceVerdict.LOST),
            new Row(in(Phase.ATTACHED).and(is(ABSENT)), DeviceVerdict.GONE),
            // findings about the device itself before what libxl-json says of it (docs/decisions/0005)
            new Row(in(Phase.ATTACHED).and(is(PARTIAL)).and(c -> !c.libxlEntry()), DeviceVerdict.LIBXL_ENTRY_GONE),
            new Row(in(Phase.ATTACHED).and(OFF).and(c -> !c.pastGrace()), DeviceVerdict.REMOVAL_UNDER_WAY),
            new Row(
                    in(Phase.ATTACHED).and(OFF).and(is(INITIALISING, READY, CONNECTED, CLOSING)),
                    DeviceVerdict.REMOVAL_STUCK),
            new Row(in(Phase.ATTACHED).and(OFF), DeviceVerdict.HALF_REMOVED),
            new Row(in(Phase.ATTACHED).and(is(SCRIPT_FAILED)), DeviceVerdict.SCRIPT_FAILED),
            // the backend of an attached device is gone: no row says it; the code's answer, held here
            new Row(in(Phase.ATTACHED).and(is(PARTIAL)), DeviceVerdict.HALF_PLUGGED),
            new Row(in(Phase.ATTACHED).and(entry(TemplateEntry.ABSENT)), DeviceVerdict.ENTRY_MISSING),
            new Row(in(Phase.ATTACHED).and(entry(TemplateEntry.DIFFERENT)), DeviceVerdict.EDITED),
            new Row(in(Phase.ATTACHED).and(is(CLOSING, CLOSED)), DeviceVerdict.GUEST_LET_GO),
            new Row(in(Phase.ATTACHED).and(is(INITIALISING, READY)), DeviceVerdict.NOT_CONNECTED),
            new Row(in(Phase.ATTACHED), DeviceVerdict.IN_ORDER),
            new Row(inOrder().and(entry(TemplateEntry.PRESENT)), DeviceVerdict.NOT_RECORDED),
            new Row(inOrder().and(entry(TemplateEntry.DIFFERENT)), DeviceVerdict.DISAGREES),
            new Row(inOrder(), DeviceVerdict.UNLISTED),
            new Row(notKnown().and(is(ABSENT, PARTIAL).negate()).and(OFF), DeviceVerdict.HALF_UNPLUGGED),
            new Row(notKnown().and(is(ABSENT, PARTIAL).negate()), DeviceVerdict.HALF_PLUGGED),
            new Row(notKnown().and(is(ABSENT)).and(entry(TemplateEntry.ABSENT)), DeviceVerdict.IN_ORDER),
            new Row(notKnown().and(is(ABSENT)), DeviceVerdict.STALE_ENTRY),
            new Row(notKnown(), DeviceVerdict.DEBRIS));

    private DesignTable() {}

    static DeviceVerdict verdict(DeviceCase c) {
        return ROWS.stream()
                .filter(row -> row.fits().test(c))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private static Predicate<DeviceCase> is(LiveCondition first, LiveCondition... more) {
        Set<LiveCondition> conditions = EnumSet.of(first, more);
        return c -> conditions.contains(c.live());
    }

    private static Predicate<DeviceCase> in(Phase phase) {
        return c -> c.phase() == phase;
    }

    private static Predicate<DeviceCase> notKnown() {
        return c -> NOT_KNOWN.contains(c.phase());
    }

    private static Predicate<DeviceCase> inOrder() {
        return notKnown().and(OFF.negate()).and(is(READY, CONNECTED)).and(c -> !c.scriptDue());
    }

    private static Predicate<DeviceCase> entry(TemplateEntry entry) {
        return c -> c.entry() == entry;
    }
}
