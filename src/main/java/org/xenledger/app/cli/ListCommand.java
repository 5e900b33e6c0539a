// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xenledger.app.Look;
import org.xenledger.app.Session;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.reconcile.Comparison;
import org.xenledger.reconcile.Finding;
import org.xenledger.reconcile.verdict.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists the domains, with their health. */
@Command(name = "list", description = "List the domains that the ledger or the host has, with their health.")
final class ListCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Option(names = "--all", description = "also lives that have ended")
    private boolean all;

    /** One line: a life of a domain and what is found about it. */
    private record Line(DomainState domain, Incarnation life, IncarnationState state, String health, long findings) {}

    @Override
    public Integer call() {
        Session session = main.session();
        Books books = Books.open(main.store(), session, main.output());
        List<Finding> findings = books.look()
                .map(look -> Comparison.of(look.host(), books.known(), look.at(), session.grace(), session.owners()))
                .orElse(List.of());
        List<Line> lines = books.fresh(session).values().stream()
                .flatMap(domain -> domain.incarnations().entrySet().stream()
                        .filter(life -> all || life.getValue().running())
                        .map(life -> line(domain, life, findings, books.look())))
                .sorted(Comparator.comparing(Line::life))
                .toList();
        Output output = main.output();
        books.look().ifPresentOrElse(look -> {}, () -> output.remark("ledger only: " + books.blind()));
        if (output.json()) {
            output.print(json(lines));
        } else {
            Table table = new Table("DOMID", "NAME", "STATE", "DEVICES", "HEALTH", "UUID");
            lines.forEach(line -> table.row(cells(line)));
            table.print(output.out());
        }
        return ExitStatus.OK;
    }

    private static Line line(
            DomainState domain,
            Map.Entry<Incarnation, IncarnationState> life,
            List<Finding> findings,
            Optional<Look> look) {
        List<Finding> about = findings.stream()
                .filter(f -> f.stream().equals(domain.id()) && life.getKey().equals(f.life()))
                .toList();
        long found =
                about.stream().filter(f -> f.severity() == Severity.FINDING).count();
        boolean seen = look.filter(some -> some.shows(domain, life.getKey())).isPresent();
        String health;
        if (!life.getValue().running()) {
            health = "ended";
        } else if (!seen && found == 0) {
            health = "unknown";
        } else {
            health = found == 0 ? "in sync" : found + " to look at";
        }
        return new Line(domain, life.getKey(), life.getValue(), health, found);
    }

    private static String state(Line line) {
        return line.state().running() ? "running" : "stopped";
    }

    private static long devices(Line line) {
        return line.state().devices().values().stream()
                .filter(device -> device.live() != null)
                .count();
    }

    private static String name(Line line) {
        return line.state().name() == null ? "" : line.state().name();
    }

    private static String[] cells(Line line) {
        return new String[] {
            Integer.toString(line.life().domid()),
            name(line),
            line.health().equals("unknown") ? "unknown" : state(line),
            Long.toString(devices(line)),
            line.health(),
            line.domain().id().value()
        };
    }

    private static ArrayNode json(List<Line> lines) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Line line : lines) {
            ObjectNode object = array.addObject()
                    .put("domid", line.life().domid())
                    .put("name", name(line))
                    .put("stream", line.domain().id().value())
                    .put("host", line.life().host().host())
                    .put("boot_id", line.life().host().bootId())
                    .put("start_time", line.life().startTime())
                    .put("state", state(line));
            object.put("devices", devices(line)).put("health", line.health()).put("findings", line.findings());
        }
        return array;
    }
}
