// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.xenledger.app.DomainSelector;
import org.xenledger.app.EditWords;
import org.xenledger.app.Moment;
import org.xenledger.app.MomentDocument;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.template.TemplateDiff;
import org.xenledger.domain.template.TemplateEdit;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints what changed between two moments. */
@Command(
        name = "diff",
        description =
                "What changed in a domain between two moments: its configuration, the ends of its devices, and what"
                        + " only libxl-json has. Exit status 1 when something did.")
final class DiffCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(index = "0", paramLabel = "DOMAIN", description = "a uuid, a domid or a name")
    private String domain;

    @Parameters(index = "1", paramLabel = "FROM", description = "a time, or the number of an event")
    private String from;

    @Parameters(index = "2", arity = "0..1", paramLabel = "TO", description = "the same (default: the last event)")
    private String to;

    @Override
    public Integer call() {
        List<TemplateEdit> edits;
        Output output = main.output();
        try (Store store = Stores.toRead(main.store(), output)) {
            LedgerReader reader = new LedgerReader(store);
            Books.remarkLag(reader, output);
            DomainState last = new DomainSelector(reader.states().values()).select(domain);
            DomainState earlier = Moments.state(reader, last.id(), parse(from));
            DomainState later = to == null ? last : Moments.state(reader, last.id(), parse(to));
            edits = TemplateDiff.between(MomentDocument.of(earlier), MomentDocument.of(later));
        }
        if (output.json()) {
            output.print(json(edits));
        } else {
            edits.forEach(edit -> output.line(EditWords.line(edit)));
        }
        return edits.isEmpty() ? ExitStatus.OK : ExitStatus.DIFFERENCE;
    }

    private static Moment parse(String text) {
        return Moment.parse(text, ZoneId.systemDefault());
    }

    private static ArrayNode json(List<TemplateEdit> edits) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (TemplateEdit edit : edits) {
            ObjectNode object = array.addObject()
                    .put("op", edit.op().name().toLowerCase(Locale.ROOT))
                    .put("path", edit.path());
            if (edit.before() != null) {
                object.set("before", edit.before());
            }
            if (edit.after() != null) {
                object.set("after", edit.after());
            }
        }
        return array;
    }
}
