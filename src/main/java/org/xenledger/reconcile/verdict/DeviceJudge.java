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
        // a guest that lets go late still lets go
        boolean stuck = c.pastDeadline() && c.live() != LiveCondition.CLOSED;
        return stuck ? DeviceVerdict.UNPLUG_STUCK : DeviceVerdict.RESUME_UNPLUG;
    }

    /** What is wrong with the device itself goes before what libxl-json says of it, so that no note hides a finding. */
    private static DeviceVerdict attached(DeviceCase c) {
        if (c.live() == LiveCondition.ABSENT) {
            return c.origin() == Origin.OURS ? DeviceVerdict.LOST : DeviceVerdict.GONE;
        }
        if (c.live() == LiveCondition.PARTIAL && !c.libxlEntry()) {
            return DeviceVerdict.LIBXL_ENTRY_GONE;
        }
        if (c.online() == Online.NO) {
            return removal(c);
        }
        return switch (c.live()) {
            case SCRIPT_FAILED -> DeviceVerdict.SCRIPT_FAILED;
            case PARTIAL -> DeviceVerdict.HALF_PLUGGED;
            case INITIALISING, READY -> inTemplate(c, DeviceVerdict.NOT_CONNECTED);
            case CLOSING, CLOSED -> inTemplate(c, DeviceVerdict.GUEST_LET_GO);
            case CONNECTED -> inTemplate(c, DeviceVerdict.IN_ORDER);
            case ABSENT -> DeviceVerdict.GONE;
            case UNREADABLE -> DeviceVerdict.UNREADABLE;
        };
    }

    /** Whoever asked for it waits for the guest for 10 s (libxl_internal.h), far less than the grace time. */
    private static DeviceVerdict removal(DeviceCase c) {
        if (!c.pastGrace()) {
            return DeviceVerdict.REMOVAL_UNDER_WAY;
        }
        return switch (c.live()) {
            case CLOSED, PARTIAL, SCRIPT_FAILED -> DeviceVerdict.HALF_REMOVED;
            case INITIALISING, READY, CONNECTED, CLOSING -> DeviceVerdict.REMOVAL_STUCK;
            case ABSENT -> DeviceVerdict.GONE;
            case UNREADABLE -> DeviceVerdict.UNREADABLE;
        };
    }

    /** What libxl-json says of a device about which there is nothing worse to say than a note. */
    private static DeviceVerdict inTemplate(DeviceCase c, DeviceVerdict otherwise) {
        return switch (c.entry()) {
            case ABSENT -> DeviceVerdict.ENTRY_MISSING;
            case DIFFERENT -> DeviceVerdict.EDITED;
            case UNREADABLE -> DeviceVerdict.UNREADABLE;
            case PRESENT -> otherwise;
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
