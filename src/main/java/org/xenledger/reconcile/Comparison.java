// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.TemplateFile;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.reconcile.verdict.DomainVerdict;
import org.xenledger.reconcile.verdict.Severity;

/**
 * Compares one look at a host with the ledger: every disagreement gets its verdict.
 *
 * <p>The look was taken at {@code at}; remedies wait for {@code grace} after the first sign, and a dump's grace is past.
 */
public final class Comparison {
    private final HostView host;
    private final Map<StreamId, DomainState> ledger;
    private final Instant at;
    private final Duration grace;
    private final List<Finding> findings = new ArrayList<>();

    private Comparison(HostView host, Map<StreamId, DomainState> ledger, Instant at, Duration grace) {
        this.host = host;
        this.ledger = ledger;
        this.at = at;
        this.grace = grace;
    }

    /** All findings and notes, findings first, by domain. */
    public static List<Finding> of(HostView host, Map<StreamId, DomainState> ledger, Instant at, Duration grace) {
        Comparison comparison = new Comparison(host, ledger, at, grace);
        if (!host.incomplete().isEmpty()) {
            comparison.add(
                    Severity.FINDING,
                    StreamId.ofHost(host.host().host()),
                    null,
                    "",
                    "host",
                    "INCOMPLETE",
                    "the look at xenstore is not the whole of it: " + host.incomplete(),
                    null);
        }
        host.domains().forEach(comparison::compare);
        host.orphans().forEach(comparison::orphan);
        host.leftovers().forEach(comparison::leftover);
        comparison.gone();
        comparison.findings.sort(Comparator.comparing(Finding::severity).reversed());
        return List.copyOf(comparison.findings);
    }

    private void compare(DomainView view) {
        IncarnationState known =
                known(view.stream()).incarnation(view.incarnation()).orElse(null);
        Instant since = known == null ? at : known.started();
        DomainVerdict verdict = DomainVerdict.on(view, past(since));
        if (verdict.severity() != Severity.IN_ORDER) {
            String seen = view.template() instanceof TemplateView.Unreadable unreadable
                    ? verdict.words() + ": " + unreadable.reason()
                    : verdict.words();
            add(verdict.severity(), view, "domain", verdict.name(), seen, since.plus(grace));
        }
        if (verdict == DomainVerdict.IN_ORDER) {
            SortedMap<String, Finding> devices = new TreeMap<>();
            new DeviceComparison(view, known, at, grace).findings().forEach(f -> devices.put(f.subject(), f));
            findings.addAll(devices.values());
            KnobComparison.notes(view).forEach(findings::add);
        }
    }

    private void orphan(TemplateFile file) {
        StreamId stream = StreamId.ofUuid(file.uuid());
        add(
                Severity.FINDING,
                stream,
                null,
                "",
                "userdata-d." + file.domid() + "." + file.uuid() + ".libxl-json",
                "ORPHAN_TEMPLATE",
                "a libxl-json file of a domain that is gone; nothing removes it by itself",
                null);
    }

    private void leftover(String path) {
        add(
                Severity.FINDING,
                StreamId.ofHost(host.host().host()),
                null,
                "",
                path,
                "LEFTOVER_BACKEND",
                "a backend directory of a domain that is gone; it counts against the quota",
                null);
    }

    private void gone() {
        ledger.forEach((stream, state) -> state.incarnations().forEach((life, known) -> {
            boolean here = life.host().host().equals(host.host().host());
            boolean seen = host.domains().stream()
                    .anyMatch(view ->
                            view.stream().equals(stream) && view.incarnation().equals(life));
            if (known.running() && here && !seen && !host.mayLive(stream, life)) {
                String name = known.name() == null ? "" : known.name();
                add(Severity.NOTE, stream, life, name, "domain", "GONE", "it is in no view any more", null);
            }
        }));
    }

    private DomainState known(StreamId stream) {
        return ledger.getOrDefault(stream, DomainState.unknown(stream));
    }

    private boolean past(Instant since) {
        return !at.isBefore(since.plus(grace));
    }

    private void add(
            Severity severity, DomainView view, String subject, String verdict, String words, Instant actsAfter) {
        String name = view.live().name() == null ? "" : view.live().name();
        add(severity, view.stream(), view.incarnation(), name, subject, verdict, words, actsAfter);
    }

    private void add(
            Severity severity,
            StreamId stream,
            Incarnation life,
            String name,
            String subject,
            String verdict,
            String words,
            Instant actsAfter) {
        findings.add(new Finding(severity, stream, life, name, subject, verdict, words, actsAfter));
    }
}
