// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import org.xenledger.app.DomainSelector;
import org.xenledger.app.Moment;
import org.xenledger.app.Session;
import org.xenledger.app.UsageException;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.state.DomainState;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows the configuration of a domain, now or at a moment of the past. */
@Command(
        name = "show",
        description = "The merged configuration of a domain: libxl-json with what xenstore knows better. With --output"
                + " json it has the shape of `xl list -l`.")
final class ShowCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "DOMAIN", description = "a uuid, a domid or a name")
    private String domain;

    @Option(names = "--at", paramLabel = "TIME|SEQ", description = "as it was then, from the ledger alone")
    private String at;

    @Option(names = "--explain", description = "say where each value comes from")
    private boolean explain;

    @Option(names = "--secrets", description = "with the passwords that libxl-json has; only for the present")
    private boolean secrets;

    @Override
    public Integer call() {
        if (secrets && at != null) {
            throw new UsageException("the ledger keeps no passwords: --secrets goes without --at");
        }
        Shown shown = at == null ? present() : past();
        shown.print(main.output(), explain);
        return ExitStatus.OK;
    }

    private Shown present() {
        Session session = main.session();
        Books books = Books.open(main.store(), session, main.output());
        Map<StreamId, DomainState> fresh = books.fresh(session);
        DomainState state = new DomainSelector(fresh.values()).select(domain);
        if (books.look().isEmpty()) {
            if (secrets) {
                throw new UsageException(
                        "the ledger keeps no passwords, and libxl-json is out of reach: " + books.blind());
            }
            main.output().remark("ledger only: " + books.blind());
            return Shown.of(state, "the ledger only");
        }
        Shown shown = Shown.of(state, "fresh look");
        return secrets ? shown.withSecrets(session.world().templatesWithSecrets()) : shown;
    }

    private Shown past() {
        Moment moment = Moment.parse(at, ZoneId.systemDefault());
        try (Store store = Stores.toRead(main.store(), main.output())) {
            LedgerReader reader = new LedgerReader(store);
            Books.remarkLag(reader, main.output());
            StreamId stream =
                    new DomainSelector(reader.states().values()).select(domain).id();
            return Shown.of(Moments.state(reader, stream, moment), "ledger at " + at);
        }
    }
}
