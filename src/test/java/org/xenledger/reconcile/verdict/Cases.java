// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.xenledger.domain.device.LiveCondition;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.state.Origin;
import org.xenledger.domain.state.Phase;

/** Fixtures: one case changed in one place after the other, and all cases there are. */
final class Cases {
    static final boolean[] BOTH = {true, false};

    private Cases() {}

    /** A device in this phase that all views agree about, its operation without an owner, grace and deadline not past. */
    static Builder in(Phase phase) {
        return new Builder(new DeviceCase(
                phase,
                Origin.OURS,
                TemplateEntry.PRESENT,
                LiveCondition.CONNECTED,
                false,
                true,
                Online.YES,
                OwnerStatus.NONE,
                false,
                false));
    }

    static List<DeviceCase> all() {
        List<DeviceCase> all = new ArrayList<>();
        each(all::add);
        return all;
    }

    private static void each(Consumer<DeviceCase> to) {
        for (Phase phase : Phase.values()) {
            for (Origin origin : Origin.values()) {
                for (TemplateEntry entry : TemplateEntry.values()) {
                    for (LiveCondition live : LiveCondition.values()) {
                        each(in(phase).origin(origin).entry(entry).live(live), to);
                    }
                }
            }
        }
    }

    private static void each(Builder of, Consumer<DeviceCase> to) {
        DeviceCase c = of.build();
        for (Online online : Online.values()) {
            for (OwnerStatus owner : OwnerStatus.values()) {
                for (int flags = 0; flags < 16; flags++) {
                    to.accept(new DeviceCase(
                            c.phase(),
                            c.origin(),
                            c.entry(),
                            c.live(),
                            (flags & 1) != 0,
                            (flags & 2) != 0,
                            online,
                            owner,
                            (flags & 4) != 0,
                            (flags & 8) != 0));
                }
            }
        }
    }

    /** A case with one thing changed at a time. */
    record Builder(DeviceCase build) {
        Builder origin(Origin origin) {
            return with(origin, build.entry(), build.live(), build.scriptDue(), build.libxlEntry(), build.online());
        }

        Builder entry(TemplateEntry entry) {
            return with(build.origin(), entry, build.live(), build.scriptDue(), build.libxlEntry(), build.online());
        }

        Builder live(LiveCondition live) {
            return with(build.origin(), build.entry(), live, build.scriptDue(), build.libxlEntry(), build.online());
        }

        Builder scriptDue() {
            return with(build.origin(), build.entry(), build.live(), true, build.libxlEntry(), build.online());
        }

        Builder withoutLibxlEntry() {
            return with(build.origin(), build.entry(), build.live(), build.scriptDue(), false, build.online());
        }

        Builder online(Online online) {
            return with(build.origin(), build.entry(), build.live(), build.scriptDue(), build.libxlEntry(), online);
        }

        Builder owner(OwnerStatus owner) {
            return with(owner, build.pastGrace(), build.pastDeadline());
        }

        Builder pastGrace() {
            return with(build.owner(), true, build.pastDeadline());
        }

        Builder pastDeadline() {
            return with(build.owner(), build.pastGrace(), true);
        }

        DeviceVerdict verdict() {
            return DeviceJudge.judge(build);
        }

        private Builder with(
                Origin origin, TemplateEntry entry, LiveCondition live, boolean due, boolean libxl, Online online) {
            return new Builder(new DeviceCase(
                    build.phase(),
                    origin,
                    entry,
                    live,
                    due,
                    libxl,
                    online,
                    build.owner(),
                    build.pastGrace(),
                    build.pastDeadline()));
        }

        private Builder with(OwnerStatus owner, boolean grace, boolean deadline) {
            return new Builder(new DeviceCase(
                    build.phase(),
                    build.origin(),
                    build.entry(),
                    build.live(),
                    build.scriptDue(),
                    build.libxlEntry(),
                    build.online(),
                    owner,
                    grace,
                    deadline));
        }
    }
}
