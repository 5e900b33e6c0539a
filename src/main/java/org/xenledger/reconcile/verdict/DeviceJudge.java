// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile.verdict;

import org.xenledger.domain.device.LiveCondition;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.state.Origin;

/** The table of verdicts as one function; rows in their order, no default branch. */
public final class DeviceJudge {
    private DeviceJudge() {}

    /** The verdict on a device of a domain that is itself in order. */
    public static DeviceVerdict judge(DeviceCase c) {
        if (c.live() == LiveCondition.UNREADABLE || c.entry() == TemplateEntry.UNREADABLE) {
            return DeviceVerdict.UNREADABLE;
        }
        return switch (c.owner()) {
            case ALIVE, UNKNOWN -> c.pastDeadline() ? DeviceVerdict.OWNER_PAST_DEADLINE : DeviceVerdict.WAIT_FOR_OWNER;
            case NONE, DEAD -> withoutOwner(c);
        };
    }

    private static DeviceVerdict withoutOwner(DeviceCase c) {
        return switch (c.phase()) {
            case ATTACHING -> attaching(c);
            case DETACHING -> detaching(c);
            case ATTACHED -> attached(c);
            case UNKNOWN, DETACHED -> notOurs(c);
        };
    }

    private static DeviceVerdict attaching(DeviceCase c) {
        if (c.live() == LiveCondition.ABSENT) {
            return DeviceVerdict.DROP_ENTRY;
        }
        if (c.online() == Online.NO) {
            return DeviceVerdict.RESUME_AS_REMOVAL;
        }
        return switch (c.live()) {
            case CLOSING, CLOSED -> DeviceVerdict.RESUME_AS_REMOVAL;
            case PARTIAL, SCRIPT_FAILED -> DeviceVerdict.ROLL_BACK;
            case INITIALISING -> DeviceVerdict.RESUME_HOTPLUG;
            case READY -> c.scriptDue() ? DeviceVerdict.RESUME_HOTPLUG : DeviceVerdict.COMPLETE_HOTPLUG;
            case CONNECTED -> DeviceVerdict.COMPLETE_HOTPLUG;
            case ABSENT -> DeviceVerdict.DROP_ENTRY;
            case UNREADABLE -> DeviceVerdict.UNREADABLE;
        };
    }

    private static DeviceVerdict detaching(DeviceCase c) {
        if (c.live() == LiveCondition.ABSENT) {
            return DeviceVerdict.COMPLETE_UNPLUG;
        }
        return c.pastDeadline() ? DeviceVerdict.UNPLUG_STUCK : DeviceVerdict.RESUME_UNPLUG;
    }

    private static DeviceVerdict attached(DeviceCase c) {
        if (c.live() == LiveCondition.ABSENT) {
            return c.origin() == Origin.OURS ? DeviceVerdict.LOST : DeviceVerdict.GONE;
        }
        if (c.entry() == TemplateEntry.ABSENT) {
            return DeviceVerdict.ENTRY_MISSING;
        }
        if (c.entry() == TemplateEntry.DIFFERENT) {
            return DeviceVerdict.EDITED;
        }
        if (c.live() == LiveCondition.PARTIAL && !c.libxlEntry()) {
            return DeviceVerdict.LIBXL_ENTRY_GONE;
        }
        if (c.online() == Online.NO) {
            return c.pastGrace() ? DeviceVerdict.HALF_REMOVED : DeviceVerdict.REMOVAL_UNDER_WAY;
        }
        return switch (c.live()) {
            case CLOSING, CLOSED -> DeviceVerdict.GUEST_LET_GO;
            case INITIALISING, READY -> DeviceVerdict.NOT_CONNECTED;
            case SCRIPT_FAILED -> DeviceVerdict.SCRIPT_FAILED;
            case PARTIAL -> DeviceVerdict.HALF_PLUGGED;
            case CONNECTED -> DeviceVerdict.IN_ORDER;
            case ABSENT -> DeviceVerdict.GONE;
            case UNREADABLE -> DeviceVerdict.UNREADABLE;
        };
    }

    private static DeviceVerdict notOurs(DeviceCase c) {
        if (c.live() == LiveCondition.ABSENT) {
            return c.entry() == TemplateEntry.ABSENT ? DeviceVerdict.IN_ORDER : DeviceVerdict.STALE_ENTRY;
        }
        if (c.live() == LiveCondition.PARTIAL) {
            return DeviceVerdict.DEBRIS;
        }
        if (c.online() == Online.NO) {
            return DeviceVerdict.HALF_UNPLUGGED;
        }
        boolean waitsOrWorks = c.live() == LiveCondition.CONNECTED || c.live() == LiveCondition.READY;
        if (!waitsOrWorks || c.scriptDue()) {
            return DeviceVerdict.HALF_PLUGGED;
        }
        return switch (c.entry()) {
            case ABSENT -> DeviceVerdict.UNLISTED;
            case DIFFERENT -> DeviceVerdict.DISAGREES;
            case PRESENT -> DeviceVerdict.NOT_RECORDED;
            case UNREADABLE -> DeviceVerdict.UNREADABLE;
        };
    }
}
