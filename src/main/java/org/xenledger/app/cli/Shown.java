// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.xenledger.app.UsageException;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.view.TemplateFile;
import org.xenledger.domain.view.TemplateView;
import org.xenledger.reconcile.MergedConfiguration;

/**
 * A domain as {@code show} prints it.
 *
 * @param source where it comes from: a fresh look, the ledger only, or a moment of the past
 */
record Shown(DomainState domain, Incarnation life, IncarnationState state, String source) {
    static Shown of(DomainState domain, String source) {
        Incarnation life = domain.current()
                .orElseThrow(() -> new UsageException("no life of " + domain.id() + " was recorded up to then"));
        return new Shown(domain, life, domain.incarnation(life).orElseThrow(), source);
    }

    /** The same with the passwords that the domain's file has. */
    Shown withSecrets(List<TemplateFile> files) {
        ObjectNode template = files.stream()
                .filter(file -> file.domid() == life.domid()
                        && (domain.id().isHost() || domain.id().value().equals(file.uuid())))
                .map(TemplateFile::content)
                .filter(TemplateView.Present.class::isInstance)
                .map(content -> ((TemplateView.Present) content).tree())
                .findFirst()
                .orElseThrow(() ->
                        new UsageException("libxl-json of " + domain.id() + " cannot be read: no passwords to show"));
        return new Shown(domain, life, state.withTemplate(template), source);
    }

    void print(Output output, boolean explain) {
        MergedConfiguration merged = MergedConfiguration.of(state);
        if (state.templateLost() != null) {
            output.remark("libxl-json of " + domain.id() + ": " + state.templateLost() + "; shown as last read");
        }
        if (output.json()) {
            output.print(json(merged, explain));
        } else {
            heading(output);
            devices(output);
            output.print(merged.tree());
            if (explain) {
                merged.sources().forEach(s -> output.line((s.path().isEmpty() ? "/" : s.path()) + ": " + s.why()));
            }
        }
    }

    /** The very shape of {@code xl list -l}. */
    private ArrayNode json(MergedConfiguration merged, boolean explain) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        ObjectNode object = array.addObject().put("domid", life.domid());
        object.set("config", merged.tree());
        if (explain) {
            ArrayNode sources = object.putArray("explain");
            merged.sources()
                    .forEach(s -> sources.addObject().put("path", s.path()).put("why", s.why()));
        }
        return array;
    }

    private void heading(Output output) {
        String name = state.name() == null ? "(no name)" : state.name();
        String ended = state.running() ? "" : "; ended: " + state.stopped().words();
        output.line(name + "  domid " + life.domid() + "  " + domain.id());
        output.line("from " + source + "; first seen " + state.started().truncatedTo(ChronoUnit.SECONDS) + ended);
    }

    private void devices(Output output) {
        Table table = new Table("DEVICE", "BACKEND", "FRONTEND", "SCRIPT", "MEDIUM OR ADDRESS");
        state.devices().forEach((key, device) -> {
            LiveDevice live = device.live();
            if (live != null) {
                table.row(
                        key.display(),
                        live.backend().toString(),
                        live.frontend().toString(),
                        words(live),
                        medium(device));
            }
        });
        table.print(output.out());
    }

    private static String words(LiveDevice live) {
        return switch (live.script()) {
            case NOT_REPORTED -> "-";
            case SUCCEEDED -> "done";
            case FAILED -> "failed";
        };
    }

    private static String medium(DeviceState device) {
        return device.attributes().getOrDefault("params", device.attributes().getOrDefault("mac", ""));
    }
}
