// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.xenledger.app.ClosedBySignal;
import org.xenledger.app.HostFacts;
import org.xenledger.app.InputException;
import org.xenledger.app.Session;
import org.xenledger.domain.Owner;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.operation.Toolstack;
import org.xenledger.domain.template.Secrets;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.axon.AxonLedger;
import org.xenledger.ledger.process.OperationProcess;
import org.xenledger.ledger.process.Operations;
import org.xenledger.reconcile.Resumption;
import org.xenledger.reconcile.Resumptions;
import org.xenledger.reconcile.Stranded;
import org.xenledger.toolstack.hotplug.LibxlToolstack;
import org.xenledger.toolstack.hotplug.Limits;
import org.xenledger.toolstack.process.ProcessIdentity;
import org.xenledger.xenstore.client.XenstoreClient;

/**
 * Carries operations out on this host, as long as it is open: those that are asked for, and those that a dead process has
 * left. Each runs on its own; those of one domain one after the other.
 */
public final class Operator implements AutoCloseable {
    private static final int WORKERS = 4;

    private final Session session;
    private final String cause;
    private final XenstoreClient xenstore;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, Operator::daemon);
    private final Ledger ledger;
    private final ClosedBySignal open;
    private final Guests guests;
    private final Intents intents;
    private Operations operations;

    private Operator(
            Session session,
            String cause,
            Store store,
            XenstoreClient xenstore,
            Limits limits,
            Wiring wiring,
            Runnable stopped) {
        this.session = session;
        this.cause = cause;
        this.xenstore = xenstore;
        Owner self = self(session);
        Secrets secrets = new Secrets(store.secretKey());
        Toolstack toolstack = wiring.around(new LibxlToolstack(
                xenstore, session.socket(), session.settings().userdata(), limits, session.host()));
        this.intents = new Intents(self, this::now, limits.whole());
        this.ledger = wiring.around(AxonLedger.openToOperate(
                store, Clock.systemUTC(), made -> process(wiring.around(made), toolstack, self)));
        this.open = new ClosedBySignal(ledger, stopped);
        this.guests = new Guests(session, ledger, secrets);
    }

    /**
     * Takes over a store that was opened for writing, and closes it in the end, or when a signal ends the process: operations
     * stay where they are then, for the next process to take over.
     *
     * @param cause what the events of this process follow from: the command
     * @param stopped is run when a signal comes
     * @throws InputException when there is no live host to work on
     */
    public static Operator open(
            Session session, String cause, Store store, Limits limits, Wiring wiring, Runnable stopped) {
        XenstoreClient xenstore = null;
        Operator opened = null;
        try {
            xenstore = XenstoreClient.open(session.socket());
            opened = new Operator(session, cause, store, xenstore, limits, wiring, stopped);
            return opened;
        } finally {
            if (opened == null) {
                store.close();
                if (xenstore != null) {
                    xenstore.close();
                }
            }
        }
    }

    /** An operation that goes on here. */
    public record Resumed(Resumption resumption, CompletableFuture<Ended> end) {}

    /**
     * Looks at the host, and takes up what dead processes have left half done.
     *
     * @param wanted which of it
     * @param force whether devices that their guests do not let go of are taken from them
     */
    public List<Resumed> recover(Predicate<Resumption> wanted, boolean force) {
        return left(force).stream()
                .filter(wanted)
                .map(resumption -> new Resumed(
                        resumption,
                        begin(resumption.stream(), resumption.operation().id(), () -> resume(resumption, force))))
                .toList();
    }

    /** Its turn has come; earlier operations of its domain may have changed where it stands. */
    private DomainCommand resume(Resumption resumption, boolean force) {
        String operation = resumption.operation().id();
        return left(force).stream()
                .filter(left -> left.operation().id().equals(operation))
                .findFirst()
                .map(intents::resume)
                .orElseThrow(() -> new OperationException("operation " + operation + " has ended meanwhile"));
    }

    /** What dead processes have left half done, and where it would go on. */
    public List<Resumption> left(boolean force) {
        Guests.Recorded recorded = guests.look(cause);
        return Resumptions.of(
                recorded.look().host(), recorded.states(), recorded.look().at(), session.owners(), force);
    }

    /** What dead processes have left half done and cannot go on, and why. */
    public List<Stranded> stranded(boolean force) {
        Guests.Recorded recorded = guests.look(cause);
        return Resumptions.stranded(
                recorded.look().host(), recorded.states(), recorded.look().at(), session.owners(), force);
    }

    /** The domain that is meant, also one that does not run any more. */
    public StreamId select(String domain) {
        return guests.select(domain);
    }

    /** Plugs a device in; begins when earlier operations of its domain have ended. */
    public CompletableFuture<Ended> attach(String domain, DeviceRequest request, Way way) {
        String operation = newOperation();
        return start(
                domain,
                operation,
                way,
                guest -> way.byXl()
                        ? intents.hotplugByXl(guest, operation, request, way.xl())
                        : intents.hotplug(guest, operation, request));
    }

    /** Unplugs a device; begins when earlier operations of its domain have ended. */
    public CompletableFuture<Ended> detach(String domain, DeviceName name, boolean force, Way way) {
        String operation = newOperation();
        return start(
                domain,
                operation,
                way,
                guest -> way.byXl()
                        ? intents.unplugByXl(guest, operation, name, force, way.xl())
                        : intents.unplug(guest, operation, name, force));
    }

    /** The end of an operation; what kept it from beginning is thrown as it was. */
    public static Ended endOf(CompletableFuture<Ended> operation) {
        try {
            return operation.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        open.close();
        workers.shutdownNow();
        xenstore.close();
    }

    /** Gives the command, which may refuse. */
    private interface Request {
        DomainCommand of(Guest guest);
    }

    private CompletableFuture<Ended> start(String domain, String operation, Way way, Request request) {
        return begin(guests.select(domain), operation, () -> request.of(guests.find(domain, cause, way.foreign())));
    }

    private CompletableFuture<Ended> begin(StreamId domain, String operation, Supplier<DomainCommand> intent) {
        return operations
                .start(domain, operation, intent)
                .thenApply(end -> Ended.of(end, ledger.reader().state(domain)));
    }

    private OperationProcess process(Ledger made, Toolstack toolstack, Owner self) {
        OperationProcess process = new OperationProcess(made, toolstack, self, Clock.systemUTC(), workers);
        operations = new Operations(made, process.waiting());
        return process;
    }

    private Provenance now() {
        return new Provenance(HostFacts.actor(), session.host(), cause, Instant.now());
    }

    private static Owner self(Session session) {
        long pid = ProcessHandle.current().pid();
        long start = ProcessIdentity.of(pid).orElseThrow().start();
        return new Owner(session.host(), pid, start);
    }

    private static String newOperation() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "operation");
        thread.setDaemon(true);
        return thread;
    }
}
