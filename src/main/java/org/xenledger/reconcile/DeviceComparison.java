// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.DeviceShape;
import org.xenledger.domain.device.LiveCondition;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.ScriptStatus;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.Origin;
import org.xenledger.domain.state.Phase;
import org.xenledger.domain.template.Configuration;
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
    private final DomainView view;
    private final Map<DeviceKey, DeviceState> known;
    private final SortedMap<DeviceKey, ObjectNode> entries;
    private final Instant at;
    private final Duration grace;

    DeviceComparison(DomainView view, IncarnationState known, Instant at, Duration grace) {
        this.view = view;
        this.known = known == null ? Map.of() : known.devices();
        this.entries = new Configuration(((TemplateView.Present) view.template()).tree()).devices();
        this.at = at;
        this.grace = grace;
    }

    List<Finding> findings() {
        TreeSet<DeviceKey> keys = new TreeSet<>(known.keySet());
        keys.addAll(entries.keySet());
        keys.addAll(view.live().devices().keySet());
        List<Finding> findings = new ArrayList<>();
        for (DeviceKey key : keys) {
            DeviceVerdict verdict = DeviceJudge.judge(caseOf(key));
            if (verdict.severity() != Severity.IN_ORDER) {
                findings.add(finding(key, verdict));
            }
        }
        return findings;
    }

    private DeviceCase caseOf(DeviceKey key) {
        SeenDevice seen = view.live().devices().get(key);
        DeviceState state = known.get(key);
        OperationState operation = state == null ? null : state.operation();
        return new DeviceCase(
                state == null ? Phase.UNKNOWN : state.phase(),
                state == null ? Origin.OTHERS : state.origin(),
                entryOf(key, seen),
                seen == null ? LiveCondition.ABSENT : seen.condition(),
                seen != null && seen.shape().script() && seen.live().script() != ScriptStatus.SUCCEEDED,
                seen == null || seen.live().libxlEntry() || !seen.shape().libxlEntry(),
                seen == null ? Online.ABSENT : seen.live().online(),
                isOwned(operation) ? OwnerStatus.UNKNOWN : OwnerStatus.NONE,
                !at.isBefore(since(state).plus(grace)),
                operation != null && operation.deadline() != null && at.isAfter(operation.deadline()));
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
        return seen != null && differs(key, entry, seen.attributes()) ? TemplateEntry.DIFFERENT : TemplateEntry.PRESENT;
    }

    private static boolean differs(DeviceKey key, ObjectNode entry, Map<String, String> attributes) {
        if (key.kind() == DeviceKind.VBD) {
            String params = attributes.getOrDefault("params", "");
            String path = entry.path("pdev_path").asText("");
            return !params.equals(path) && !params.endsWith(":" + path);
        }
        if (key.kind() == DeviceKind.VIF) {
            String mac = attributes.getOrDefault("mac", "");
            String asked = entry.path("mac").asText(mac);
            return !mac.toLowerCase(Locale.ROOT).equals(asked.toLowerCase(Locale.ROOT));
        }
        return false;
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
                words(verdict, state) + (seen == null ? "" : " (" + describe(seen.live()) + ")"),
                acts(verdict) ? since(state).plus(grace) : null);
    }

    private String words(DeviceVerdict verdict, DeviceState state) {
        if (verdict == DeviceVerdict.NOT_CONNECTED) {
            return verdict.words() + " since " + since(state);
        }
        boolean named = verdict == DeviceVerdict.WAIT_FOR_OWNER || verdict == DeviceVerdict.OWNER_PAST_DEADLINE;
        return named && state.operation().owner() != null
                ? verdict.words() + "; it is pid " + state.operation().owner().pid()
                : verdict.words();
    }

    /** Nothing is ever done about what cannot be read, against an owner that may live, or where only people may force. */
    private static boolean acts(DeviceVerdict verdict) {
        return verdict.severity() == Severity.FINDING
                && verdict != DeviceVerdict.UNREADABLE
                && verdict != DeviceVerdict.OWNER_PAST_DEADLINE
                && verdict != DeviceVerdict.UNPLUG_STUCK;
    }

    /** The two ends and the script in a few words: what a person would look up in xenstore next. */
    private static String describe(LiveDevice live) {
        StringBuilder words = new StringBuilder();
        words.append("backend ").append(live.backend()).append(", frontend ").append(live.frontend());
        if (live.online() == Online.NO) {
            words.append(", online 0");
        }
        if (!live.libxlEntry()) {
            words.append(", no /libxl entry");
        }
        if (!live.backendPath()) {
            words.append(", no backend");
        }
        switch (live.script()) {
            case NOT_REPORTED -> words.append(", script not reported");
            case FAILED -> words.append(", script failed: ").append(live.scriptError());
            case SUCCEEDED -> words.append(", script done");
        }
        return words.toString();
    }
}
