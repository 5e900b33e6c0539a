// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.xenledger.app.DomainSelector;
import org.xenledger.app.EventWords;
import org.xenledger.app.Moment;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.Vdev;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.ledger.HistoryFilter;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.ledger.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints the audit trail of a domain. */
@Command(name = "history", description = "The audit trail of a domain: every event, oldest first.")
final class HistoryCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "DOMAIN", description = "a uuid, a domid or a name")
    private String domain;

    @Option(names = "--device", paramLabel = "D", description = "only of this device: vbd/51712, vif/0, or a vdev")
    private String device;

    @Option(names = "--operation", paramLabel = "O", description = "only of this operation")
    private String operation;

    @Option(names = "--actor", paramLabel = "A", description = "only by this actor")
    private String actor;

    @Option(names = "--since", paramLabel = "T", description = "only from this time on")
    private String since;

    @Option(names = "--until", paramLabel = "T", description = "only up to this time")
    private String until;

    @Override
    public Integer call() {
        HistoryFilter filter = new HistoryFilter(deviceKey(), operation, actor, time(since), time(until));
        Output output = main.output();
        try (Store store = Stores.toRead(main.store(), output)) {
            LedgerReader reader = new LedgerReader(store);
            Books.remarkLag(reader, output);
            StreamId stream =
                    new DomainSelector(reader.states().values()).select(domain).id();
            List<RecordedEvent> events = reader.events(stream, filter);
            if (output.json()) {
                output.print(EventJson.array(events));
            } else {
                print(output, events);
            }
        }
        return ExitStatus.OK;
    }

    private static void print(Output output, List<RecordedEvent> events) {
        Table table = new Table("SEQ", "TIME", "EVENT", "DEVICE", "OPERATION", "ACTOR", "WHAT");
        for (RecordedEvent recorded : events) {
            table.row(
                    Long.toString(recorded.position()),
                    EventLines.time(recorded.event()),
                    EventLines.kind(recorded.event()),
                    EventLines.device(recorded.event()),
                    EventLines.operation(recorded.event()),
                    recorded.event().by().actor(),
                    EventWords.of(recorded.event()));
        }
        table.print(output.out());
    }

    private DeviceKey deviceKey() {
        if (device == null) {
            return null;
        }
        if (device.indexOf('/') > 0) {
            return DeviceKey.parse(device);
        }
        int number = Vdev.numberOf(device)
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + device + "\" is no device: write vbd/51712, vif/0, or a disk's name such as xvda"));
        return new DeviceKey(DeviceKind.VBD, number);
    }

    private static Instant time(String text) {
        return text == null ? null : Moment.parseTime(text, ZoneId.systemDefault());
    }
}
