// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile.verdict;

/** What a device's disagreement means. The rows are those of docs/healing.md; the first that fits wins. */
public enum DeviceVerdict {
    IN_ORDER(0, Severity.IN_ORDER, "in order"),
    UNREADABLE(1, Severity.FINDING, "a view of it cannot be read; nothing is done about it until it can"),
    WAIT_FOR_OWNER(2, Severity.NOTE, "an operation is under way; its owner finishes it or gives up"),
    OWNER_PAST_DEADLINE(2, Severity.FINDING, "an operation is past its deadline and its owner still lives"),
    DROP_ENTRY(3, Severity.FINDING, "the hotplug died before the device was in xenstore: roll back"),
    RESUME_AS_REMOVAL(4, Severity.FINDING, "a removal began while it was being plugged: resume as removal"),
    ROLL_BACK(5, Severity.FINDING, "half-plugged by us and cannot be finished: roll back"),
    RESUME_HOTPLUG(6, Severity.FINDING, "half-plugged by us: resume"),
    COMPLETE_HOTPLUG(7, Severity.FINDING, "plugged by us but not recorded as complete: complete"),
    COMPLETE_UNPLUG(8, Severity.FINDING, "unplugged by us but not recorded as complete: complete"),
    RESUME_UNPLUG(9, Severity.FINDING, "half-unplugged by us: resume"),
    UNPLUG_STUCK(9, Severity.FINDING, "the guest does not let go: left to the operator"),
    LOST(10, Severity.FINDING, "a device of ours is gone, and we did not remove it"),
    GONE(11, Severity.NOTE, "removed by others; the entry that libxl-json keeps is stale by design"),
    ENTRY_MISSING(12, Severity.FINDING, "libxl-json does not have it: xl list -l, save and migrate will miss it"),
    EDITED(13, Severity.NOTE, "libxl-json names another medium or address than xenstore"),
    GUEST_LET_GO(14, Severity.NOTE, "the guest let go of it (driver reload, kexec); never touched"),
    REMOVAL_UNDER_WAY(15, Severity.NOTE, "somebody is removing it"),
    HALF_REMOVED(15, Severity.FINDING, "half removed by others: online is 0 and the rest was never done"),
    REMOVAL_STUCK(15, Severity.FINDING, "others asked for its removal, and the guest has not let go"),
    NOT_CONNECTED(16, Severity.NOTE, "the guest has not connected"),
    SCRIPT_FAILED(16, Severity.FINDING, "its hotplug script failed"),
    LIBXL_ENTRY_GONE(17, Severity.FINDING, "its /libxl entry is gone while the backend lives: xl cannot see it"),
    NOT_RECORDED(18, Severity.NOTE, "in order, not yet recorded"),
    HALF_PLUGGED(19, Severity.FINDING, "half-plugged by others"),
    HALF_UNPLUGGED(19, Severity.FINDING, "half-unplugged by others: online is 0 and it is still there"),
    UNLISTED(19, Severity.FINDING, "libxl-json does not have it, and nobody recorded why"),
    DISAGREES(19, Severity.FINDING, "libxl-json names another medium or address, and nobody recorded why"),
    STALE_ENTRY(20, Severity.NOTE, "only libxl-json has it: stale by design after a removal"),
    DEBRIS(21, Severity.FINDING, "only one of /libxl and the backend has it: debris");

    private final int row;
    private final Severity severity;
    private final String words;

    DeviceVerdict(int row, Severity severity, String words) {
        this.row = row;
        this.severity = severity;
        this.words = words;
    }

    /** The row of the table; 0 for what is in order. */
    public int row() {
        return row;
    }

    public Severity severity() {
        return severity;
    }

    /** What it means, for people. */
    public String words() {
        return words;
    }
}
