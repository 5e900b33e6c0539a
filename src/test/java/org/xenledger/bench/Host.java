// SPDX-License-Identifier: Apache-2.0
package org.xenledger.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xenledger.app.Look;
import org.xenledger.app.Session;
import org.xenledger.app.Settings;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.template.Secrets;
import org.xenledger.ledger.Ledger;

/** One moment of the captured attach, to be recorded again and again. */
record Host(Session session, Look look, Map<StreamId, DomainState> known) {
    static final Path CAPTURE = Path.of("src/test/resources/captures/b-block-attach-detach");
    static final Path BEFORE = CAPTURE.resolve("before");
    static final Path ATTACHED = CAPTURE.resolve("during/cap-after-attach");
    static final String GUEST = "guest1";

    static Host at(Path moment) {
        Session session = new Session(new Settings(
                null, null, moment.resolve("xenstore-all.txt"), moment.resolve("userdata"), null, "", Instant.EPOCH));
        return new Host(session, session.look(new Secrets(new byte[32]), List.of()), new TreeMap<>());
    }

    /** Records what is seen here as if it were seen at some second. */
    List<RecordedEvent> record(Ledger ledger, long second) {
        Look then = new Look(look.host(), Instant.EPOCH.plusSeconds(second));
        return ledger.handleAll(List.copyOf(session.observations(then, known, "record")));
    }

    StreamId guest() {
        return look.host().domains().stream()
                .map(view -> view.stream())
                .filter(stream -> !stream.isHost())
                .findFirst()
                .orElseThrow();
    }
}
