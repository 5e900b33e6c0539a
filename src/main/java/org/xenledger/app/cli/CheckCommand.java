// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.xenledger.app.DomainSelector;
import org.xenledger.app.InputException;
import org.xenledger.app.Look;
import org.xenledger.app.Session;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.state.DomainState;
import org.xenledger.reconcile.Comparison;
import org.xenledger.reconcile.Finding;
import org.xenledger.reconcile.HostView;
import org.xenledger.reconcile.verdict.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Compares the views. */
@Command(
        name = "check",
        description = "Compare ledger, libxl-json and xenstore; say what each disagreement means. Changes nothing.")
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(arity = "0..1", paramLabel = "DOMAIN", description = "a uuid, a domid or a name (default: all)")
    private String domain;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            description = "how long a state must last before a remedy may touch it (default: 60; for a dump 0)")
    private Integer grace;

    @Override
    public Integer call() {
        Session session = main.session();
        Books books = Books.open(main.store(), session, main.output());
        Look look = books.look().orElseThrow(() -> new InputException(books.blind(), null));
        Duration patience = grace == null ? session.grace() : Duration.ofSeconds(grace);
        List<Finding> findings = Comparison.of(look.host(), books.known(), look.at(), patience, session.owners());
        if (domain != null) {
            DomainState meant = new DomainSelector(books.fresh(session).values()).select(domain);
            findings =
                    findings.stream().filter(f -> f.stream().equals(meant.id())).toList();
            if (findings.isEmpty()) {
                refuseUnseen(meant, look);
            }
        }
        Output output = main.output();
        if (output.json()) {
            output.print(json(findings));
        } else {
            print(output, findings, look);
        }
        return worst(findings) == Severity.FINDING ? ExitStatus.DIFFERENCE : ExitStatus.OK;
    }

    /** Of a domain that may run and that the look does not show, nothing was compared: no finding is not agreement then. */
    private static void refuseUnseen(DomainState domain, Look look) {
        boolean seen = domain.incarnations().keySet().stream().anyMatch(life -> look.shows(domain, life));
        Incarnation life = domain.current().orElseThrow();
        boolean mayRun = domain.incarnation(life).orElseThrow().running()
                || !look.host().incomplete().isEmpty();
        if (!seen && mayRun) {
            throw new InputException(
                    "nothing of " + domain.id() + " was seen to compare: " + whyUnseen(life, look.host()), null);
        }
    }

    private static String whyUnseen(Incarnation life, HostView host) {
        if (!life.host().host().equals(host.host().host())) {
            return "it was last seen on the host " + life.host().host() + ", and this is a look at "
                    + host.host().host();
        }
        if (!host.incomplete().isEmpty()) {
            return "it is not known which domains there are: " + host.incomplete();
        }
        return host.unnamed().contains(life.domid())
                ? "neither ~/vm nor a libxl-json says whose domid " + life.domid() + " is"
                : "xenstore is in trouble, and this look does not show it";
    }

    private static Severity worst(List<Finding> findings) {
        return findings.stream().map(Finding::severity).max(Severity::compareTo).orElse(Severity.IN_ORDER);
    }

    private static void print(Output output, List<Finding> findings, Look look) {
        int domains = look.host().domains().size();
        FindingLines.of(findings, look.at()).forEach(output::line);
        long found =
                findings.stream().filter(f -> f.severity() == Severity.FINDING).count();
        output.line(Output.count(found, "finding") + ", " + Output.count(findings.size() - found, "note") + "; "
                + Output.count(domains, "domain") + " looked at");
    }

    private static ObjectNode json(List<Finding> findings) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode array = root.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode object = array.addObject()
                    .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                    .put("stream", finding.stream().value());
            if (finding.life() != null) {
                object.put("domid", finding.life().domid()).put("name", finding.name());
            }
            object.put("subject", finding.subject())
                    .put("verdict", finding.verdict())
                    .put("words", finding.words());
            if (finding.actsAfter() != null) {
                object.put("acts_after", finding.actsAfter().toString());
            }
        }
        return root;
    }
}
