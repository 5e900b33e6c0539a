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
 * {@code owners} tells whether who carries an operation out is alive.
 */
public final class Comparison {
    private final HostView host;
    private final StoreTrouble trouble;
    private final Map<StreamId, DomainState> ledger;
    private final Instant at;
    private final Duration grace;
    private final Owners owners;
    private final List<Finding> findings = new ArrayList<>();

    private Comparison(HostView host, Map<StreamId, DomainState> ledger, Instant at, Duration grace, Owners owners) {
        this.host = host;
        this.trouble = StoreTrouble.in(host, ledger);
        this.ledger = ledger;
        this.at = at;
        this.grace = grace;
        this.owners = owners;
    }

    /** All findings and notes, findings first, by domain. */
    public static List<Finding> of(
            HostView host, Map<StreamId, DomainState> ledger, Instant at, Duration grace, Owners owners) {
        Comparison comparison = new Comparison(host, ledger, at, grace, owners);
        comparison.store();
        host.domains().forEach(comparison::compare);
        host.unnamed().forEach(comparison::unnamed);
        if (host.incomplete().isEmpty()) {
            host.orphans().forEach(comparison::orphan);
            host.store().leftovers().forEach(comparison::leftover);
            comparison.gone();
        }
        comparison.findings.sort(Comparator.comparing(Finding::severity).reversed());
        return List.copyOf(comparison.findings);
    }

    private void store() {
        trouble.lives()
                .forEach((stream, lives) -> lives.forEach(life -> {
                    DomainVerdict verdict = DomainVerdict.STORE_IN_TROUBLE;
                    String name = nameOf(known(stream).incarnation(life).orElseThrow());
                    add(verdict.severity(), stream, life, name, "domain", verdict.name(), verdict.words(), null);
                }));
        if (!trouble.any() && !host.incomplete().isEmpty()) {
            String words = "it is not known which domains there are: " + host.incomplete();
            add(Severity.FINDING, ofHost(), null, "", "host", "INCOMPLETE", words, null);
        }
    }

    private void compare(DomainView view) {
        Incarnation life = known(view.stream()).named(view.incarnation());
        if (trouble.has(view.stream(), life)) {
            return;
        }
        IncarnationState known = known(view.stream()).incarnation(life).orElse(null);
        Instant since = known == null ? at : known.started();
        DomainVerdict verdict = DomainVerdict.on(view, past(since));
        if (verdict.severity() != Severity.IN_ORDER) {
            add(verdict.severity(), view, verdict.name(), words(verdict, view));
        }
        if (view.live().whole() && !view.live().unread().isEmpty()) {
            add(
                    Severity.NOTE,
                    view,
                    "GUEST_UNREAD",
                    "not all that its guest wrote was read: " + view.live().unread());
        }
        if (verdict == DomainVerdict.IN_ORDER) {
            SortedMap<String, Finding> devices = new TreeMap<>();
            new DeviceComparison(view, known, at, grace, owners).findings().forEach(f -> devices.put(f.subject(), f));
            findings.addAll(devices.values());
            KnobComparison.notes(view).forEach(findings::add);
        }
    }

    private static String words(DomainVerdict verdict, DomainView view) {
        return switch (verdict) {
            case TEMPLATE_UNREADABLE -> verdict.words() + ": " + ((TemplateView.Unreadable) view.template()).reason();
            case INCOMPLETE -> verdict.words() + ": " + view.live().unread();
            default -> verdict.words();
        };
    }

    private void unnamed(int domid) {
        add(
                Severity.FINDING,
                ofHost(),
                null,
                "",
                "domid " + domid,
                "UNNAMED",
                "neither ~/vm nor a libxl-json says whose this domid is; nothing is edited",
                null);
    }

    private void orphan(TemplateFile file) {
        StreamId stream = StreamId.ofUuid(file.uuid());
        if (trouble.has(file.domid())) {
            return;
        }
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
        if (trouble.any()) {
            return;
        }
        add(
                Severity.FINDING,
                ofHost(),
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
                    .anyMatch(view -> view.stream().equals(stream)
                            && state.named(view.incarnation()).equals(life));
            if (known.running() && here && !seen && !trouble.any() && !host.inDoubt(stream, life)) {
                add(Severity.NOTE, stream, life, nameOf(known), "domain", "GONE", "it is in no view any more", null);
            }
        }));
    }

    private static String nameOf(IncarnationState known) {
        return known.name() == null ? "" : known.name();
    }

    private StreamId ofHost() {
        return StreamId.ofHost(host.host().host());
    }

    private DomainState known(StreamId stream) {
        return ledger.getOrDefault(stream, DomainState.unknown(stream));
    }

    private boolean past(Instant since) {
        return !at.isBefore(since.plus(grace));
    }

    private void add(Severity severity, DomainView view, String verdict, String words) {
        String name = view.live().name() == null ? "" : view.live().name();
        add(severity, view.stream(), view.incarnation(), name, "domain", verdict, words, null);
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
