// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceShape;
import org.xenledger.domain.device.LiveCondition;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.Origin;
import org.xenledger.domain.state.Phase;
import org.xenledger.domain.template.Configuration;
import org.xenledger.domain.template.Medium;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.SeenDevice;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.reconcile.verdict.DeviceCase;
import org.xenledger.reconcile.verdict.DeviceJudge;
import org.xenledger.reconcile.verdict.DeviceVerdict;
import org.xenledger.reconcile.verdict.OwnerStatus;
import org.xenledger.reconcile.verdict.Severity;
import org.xenledger.reconcile.verdict.TemplateEntry;

/** The devices of one life that is in order: what each view says of each, and the verdict on it. */
final class DeviceComparison {
    /** The key of libxl's own entry that says where the guest's end is. */
    private static final String FRONTEND = "frontend";

    /** Their words say it already. */
    private static final Set<DeviceVerdict> LACKS_ENTRY =
            EnumSet.of(DeviceVerdict.ENTRY_MISSING, DeviceVerdict.UNLISTED);

    private final DomainView view;
    private final Map<DeviceKey, DeviceState> known;
    private final SortedMap<DeviceKey, ObjectNode> entries;
    private final Instant at;
    private final Duration grace;
    private final Owners owners;

    DeviceComparison(DomainView view, IncarnationState known, Instant at, Duration grace, Owners owners) {
        this.view = view;
        this.known = known == null ? Map.of() : known.devices();
        this.entries = new Configuration(((TemplateView.Present) view.template()).tree()).devices();
        this.at = at;
        this.grace = grace;
        this.owners = owners;
    }

    List<Finding> findings() {
        TreeSet<DeviceKey> keys = new TreeSet<>(known.keySet());
        keys.addAll(entries.keySet());
        keys.addAll(view.live().devices().keySet());
        List<Finding> findings = new ArrayList<>();
        for (DeviceKey key : keys) {
            DeviceVerdict verdict = verdictOn(key);
            if (verdict.severity() != Severity.IN_ORDER) {
                findings.add(finding(key, verdict));
            }
        }
        return findings;
    }

    DeviceVerdict verdictOn(DeviceKey key) {
        return DeviceJudge.judge(caseOf(key));
    }

    /** Whether libxl-json lacks an entry that the device should have. */
    boolean lacksEntry(DeviceKey key) {
        return caseOf(key).entry() == TemplateEntry.ABSENT;
    }

    private DeviceCase caseOf(DeviceKey key) {
        SeenDevice seen = view.live().devices().get(key);
        DeviceState state = known.get(key);
        OperationState operation = state == null ? null : state.operation();
        OwnerStatus owner = isOwned(operation) ? owners.statusOf(owners.carrierOf(operation)) : OwnerStatus.NONE;
        return new DeviceCase(
                state == null ? Phase.UNKNOWN : state.phase(),
                state == null ? Origin.OTHERS : state.origin(),
                entryOf(key, seen),
                seen == null ? LiveCondition.ABSENT : seen.condition(),
                seen != null && seen.shape().script() && seen.live().script() != ScriptStatus.SUCCEEDED,
                seen == null || seen.live().libxlEntry() || !seen.shape().libxlEntry(),
                seen == null ? Online.ABSENT : seen.live().online(),
                owner,
                !at.isBefore(since(state).plus(grace)),
                operation != null && owner != OwnerStatus.DEAD && isGivenUp(operation));
    }

    private boolean isGivenUp(OperationState operation) {
        boolean late = operation.deadline() != null && at.isAfter(operation.deadline());
        return late || operation.outcome() == OperationState.Outcome.TIMED_OUT;
    }

    /** An operation that ended has no owner any more, whichever way it ended; others' are never waited for. */
    private static boolean isOwned(OperationState operation) {
        return operation != null && operation.open() && operation.origin() == Origin.OURS;
    }

    /** A kind that by design has no entry never lacks one, and what no view but the template has is not excused. */
    private TemplateEntry entryOf(DeviceKey key, SeenDevice seen) {
        ObjectNode entry = entries.get(key);
        if (entry == null) {
            boolean due = seen == null
                    ? DeviceShape.of(key.kind(), "").templateEntry()
                    : seen.shape().templateEntry();
            return due || seen == null ? TemplateEntry.ABSENT : TemplateEntry.PRESENT;
        }
        return seen != null && !difference(entry, seen).isEmpty() ? TemplateEntry.DIFFERENT : TemplateEntry.PRESENT;
    }

    /**
     * What libxl-json and xenstore say where they name different media or addresses; empty where they do not, or where the
     * /libxl entry is gone, which alone is to be believed about that.
     */
    private static String difference(ObjectNode entry, SeenDevice seen) {
        return !seen.live().libxlEntry() ? "" : Medium.difference(seen.key(), entry, seen.attributes());
    }

    private Instant since(DeviceState state) {
        return state == null ? at : state.since();
    }

    private Finding finding(DeviceKey key, DeviceVerdict verdict) {
        SeenDevice seen = view.live().devices().get(key);
        DeviceState state = known.get(key);
        return new Finding(
                verdict.severity(),
                view.stream(),
                view.incarnation(),
                view.live().name(),
                key.display(),
                verdict.name(),
                words(verdict, state, seen) + (seen == null ? "" : " (" + describe(seen, verdict) + ")"),
                acts(verdict) ? since(state).plus(grace) : null);
    }

    private String words(DeviceVerdict verdict, DeviceState state, SeenDevice seen) {
        if (verdict == DeviceVerdict.NOT_CONNECTED) {
            return verdict.words() + " since " + since(state).truncatedTo(ChronoUnit.SECONDS);
        }
        if (verdict == DeviceVerdict.DEBRIS && seen != null && isInUse(seen.live())) {
            return verdict.words() + ", and in use";
        }
        boolean stuck = verdict == DeviceVerdict.UNPLUG_STUCK || verdict == DeviceVerdict.REMOVAL_STUCK;
        if (stuck && seen != null && seen.attributes().containsKey(FRONTEND)) {
            return verdict.words() + "; " + seen.attributes().get(FRONTEND) + "/state is "
                    + seen.live().frontend().number() + " since " + since(state).truncatedTo(ChronoUnit.SECONDS);
        }
        boolean named = verdict == DeviceVerdict.WAIT_FOR_OWNER || verdict == DeviceVerdict.OWNER_PAST_DEADLINE;
        return named && state.operation().owner() != null
                ? verdict.words() + "; it is pid "
                        + owners.carrierOf(state.operation()).pid()
                : verdict.words();
    }

    private static boolean isInUse(LiveDevice live) {
        return live.frontend() == XenbusState.CONNECTED || live.backend() == XenbusState.CONNECTED;
    }

    /** Nothing is ever done about what cannot be read, against an owner that may live, or where only people may force. */
    private static boolean acts(DeviceVerdict verdict) {
        return verdict.severity() == Severity.FINDING
                && verdict != DeviceVerdict.UNREADABLE
                && verdict != DeviceVerdict.OWNER_PAST_DEADLINE
                && verdict != DeviceVerdict.UNPLUG_STUCK
                && verdict != DeviceVerdict.REMOVAL_STUCK;
    }

    /** How it stands and what libxl-json says of it in a few words: what a person would look up next. */
    private String describe(SeenDevice seen, DeviceVerdict verdict) {
        StringBuilder words = new StringBuilder(seen.live().describe(seen.shape()));
        ObjectNode entry = entries.get(seen.key());
        if (entry != null) {
            String difference = difference(entry, seen);
            words.append(difference.isEmpty() ? "" : ", " + difference);
        } else if (entryOf(seen.key(), seen) == TemplateEntry.ABSENT && !LACKS_ENTRY.contains(verdict)) {
            words.append(", not in libxl-json");
        }
        return words.toString();
    }
}
