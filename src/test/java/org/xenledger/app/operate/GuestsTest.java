// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenledger.app.Session;
import org.xenledger.app.cli.PlugHost;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Owner;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.domain.event.UnplugEvent.DeviceClosed;
import org.xenledger.domain.event.UnplugEvent.EntriesRemoved;
import org.xenledger.domain.event.UnplugEvent.RemovalScriptRun;
import org.xenledger.domain.event.UnplugEvent.UnplugCompleted;
import org.xenledger.domain.event.UnplugEvent.UnplugStarted;
import org.xenledger.domain.template.Secrets;
import org.xenledger.ledger.HistoryFilter;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.axon.AxonLedger;
import org.xenledger.toolstack.simulation.GuestPlan;

/** Looks at a host with two guests, while an operation on one of them goes on. */
class GuestsTest {
    private static final DeviceKey DISK = DeviceKey.parse("vbd/51712");

    @TempDir
    Path directory;

    private PlugHost host;
    private Session session;
    private Ledger ledger;
    private Guests guests;
    private Runnable whileItLooks = () -> {};

    @BeforeEach
    void open() throws IOException {
        host = new PlugHost(directory);
        session = host.session();
        Store store = Ledgers.open(Ledgers.inMemory());
        ledger = AxonLedger.open(store, Clock.systemUTC());
        guests = new Guests(session, new Busy(), new Secrets(store.secretKey()));
    }

    @AfterEach
    void close() {
        if (ledger != null) {
            ledger.close();
        }
        if (host != null) {
            host.close();
        }
    }

    @Test
    void whatAnOperationTellsDuringALookIsNotTakenBackByIt() {
        int other = host.host().create(GuestPlan.sample(2));
        connected(host.domid());
        connected(other);
        guests.look("a test");
        StreamId busy = stream(host.domid());
        StreamId idle = stream(other);
        host.client().write("/local/domain/" + other + "/name", "renamed");
        whileItLooks = () -> unplugged(busy);
        guests.look("a test");
        assertThat(kinds(busy)).endsWith("EntriesRemoved", "UnplugCompleted");
        assertThat(kinds(idle)).endsWith("DomainRenamed");

        guests.look("a test");
        assertThat(kinds(busy)).as("the device that is still there").endsWith("DeviceAppeared");
    }

    /** So that nothing of it changes by itself any more. */
    private void connected(int domid) {
        for (String device : List.of("vbd/51712", "vif/0")) {
            String backend = host.client().read("/libxl/" + domid + "/device/" + device + "/backend");
            await().until(() -> host.client().read(backend + "/state").equals("4"));
        }
    }

    /** The operation's events; the world, which the look has read before, has the device still. */
    private void unplugged(StreamId guest) {
        Incarnation life = ledger.reader().state(guest).incarnations().firstKey();
        Instant now = Instant.now();
        Provenance by = new Provenance("alice", session.host(), "a test", now);
        Owner owner = new Owner(session.host(), 4711, 98765);
        ledger.handle(new Ledgers.Append(
                guest,
                List.of(
                        new UnplugStarted(by, "op-1", life, DISK, owner, now.plusSeconds(60), false),
                        new DeviceClosed(by, "op-1", life, DISK),
                        new RemovalScriptRun(by, "op-1", life, DISK, ""),
                        new EntriesRemoved(by, "op-1", life, DISK),
                        new UnplugCompleted(by, "op-1", life, DISK))));
    }

    private StreamId stream(int domid) {
        return StreamId.ofUuid(
                host.client().read("/local/domain/" + domid + "/vm").substring("/vm/".length()));
    }

    private List<String> kinds(StreamId guest) {
        return ledger.reader().events(guest, HistoryFilter.ALL).stream()
                .map(recorded -> recorded.event().getClass().getSimpleName())
                .toList();
    }

    /** The ledger, with something that happens between a look and its recording. */
    private final class Busy implements Ledger {
        @Override
        public List<RecordedEvent> handleAll(List<DomainCommand> commands) {
            Runnable once = whileItLooks;
            whileItLooks = () -> {};
            once.run();
            return ledger.handleAll(commands);
        }

        @Override
        public long durablePosition() {
            return ledger.durablePosition();
        }

        @Override
        public LedgerReader reader() {
            return ledger.reader();
        }

        @Override
        public Thread shutdownHook() {
            return ledger.shutdownHook();
        }

        @Override
        public void close() {
            ledger.close();
        }
    }
}
