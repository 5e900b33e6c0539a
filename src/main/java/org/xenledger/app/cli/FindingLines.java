// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.xenledger.reconcile.Finding;
import org.xenledger.reconcile.verdict.Severity;

/** Findings for people, on lines of a terminal. What is the same for several subjects is said once. */
final class FindingLines {
    private static final int WIDTH = 80;
    private static final String INDENT = "         ";
    private static final String DOMAIN = "domain";

    /** What findings must share to be told together; {@code about} is empty for a whole domain, which is its own subject. */
    private record Group(Severity severity, String about, String verdict, String words, Instant actsAfter) {
        static Group of(Finding finding) {
            String about = finding.subject().equals(DOMAIN) ? "" : who(finding);
            return new Group(finding.severity(), about, finding.verdict(), finding.words(), finding.actsAfter());
        }
    }

    private FindingLines() {}

    /** The findings as lines, in their order; {@code at} is when the look was taken. */
    static List<String> of(List<Finding> findings, Instant at) {
        Map<Group, List<String>> subjects = new LinkedHashMap<>();
        findings.forEach(finding -> subjects.computeIfAbsent(Group.of(finding), group -> new ArrayList<>())
                .add(finding.subject().equals(DOMAIN) ? who(finding) : finding.subject()));
        List<String> lines = new ArrayList<>();
        subjects.forEach((group, some) -> lines.addAll(lines(group, some, at)));
        return lines;
    }

    private static List<String> lines(Group group, List<String> subjects, Instant at) {
        boolean domain = group.about().isEmpty();
        List<String> lines = new ArrayList<>();
        String head = word(group.severity()) + (domain ? "" : group.about() + "  ");
        if (subjects.size() == 1) {
            lines.add(head + subjects.get(0) + "  " + (domain ? DOMAIN + "  " : "") + group.verdict());
        } else {
            lines.add(head + group.verdict());
            lines.addAll(wrapped(subjects, ", "));
        }
        boolean waits = group.actsAfter() != null && group.actsAfter().isAfter(at);
        String acts = waits ? "; may be healed after " + group.actsAfter().truncatedTo(ChronoUnit.SECONDS) : "";
        lines.addAll(wrapped(List.of((group.words() + acts).split(" ")), " "));
        return lines;
    }

    /** The parts on as few lines as fit; a part is never broken. */
    private static List<String> wrapped(List<String> parts, String separator) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(INDENT);
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i) + (i < parts.size() - 1 ? separator : "");
            if (line.length() > INDENT.length()
                    && line.length() + part.stripTrailing().length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line.setLength(INDENT.length());
            }
            line.append(part);
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    private static String word(Severity severity) {
        return String.format("%-9s", severity.name().toLowerCase(Locale.ROOT));
    }

    private static String who(Finding finding) {
        if (finding.life() == null) {
            return finding.stream().value();
        }
        String name = finding.name() == null || finding.name().isEmpty() ? "(no name)" : finding.name();
        return name + " (" + finding.life().domid() + ")";
    }
}
