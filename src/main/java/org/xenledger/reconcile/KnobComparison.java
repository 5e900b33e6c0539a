// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xenledger.domain.template.Configuration;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.reconcile.verdict.Severity;

/**
 * Name and memory: libxl changes these in xenstore only (libxl__domain_rename, libxl_mem.c), so a difference is by design
 * and only worth seeing.
 */
final class KnobComparison {
    private KnobComparison() {}

    static List<Finding> notes(DomainView view) {
        Configuration template = new Configuration(((TemplateView.Present) view.template()).tree());
        List<Finding> notes = new ArrayList<>();
        Optional<String> name = template.name();
        if (name.isPresent()
                && view.live().name() != null
                && !name.get().equals(view.live().name())) {
            notes.add(note(view, "name", "RENAMED", "libxl-json still says " + name.get() + ", by design"));
        }
        Long max = view.live().knobs().staticMaxKib();
        long asked = template.buildNumber("max_memkb").orElse(-1);
        if (max != null && asked >= 0 && max != asked) {
            notes.add(note(
                    view,
                    "memory/static-max",
                    "MEMORY_SET",
                    "xenstore " + max + " KiB, libxl-json still " + asked + " KiB, by design"));
        }
        return notes;
    }

    private static Finding note(DomainView view, String knob, String verdict, String words) {
        return new Finding(
                Severity.NOTE, view.stream(), view.incarnation(), view.live().name(), knob, verdict, words, null);
    }
}
