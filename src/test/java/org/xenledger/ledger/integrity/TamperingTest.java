// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenledger.ledger.Ledgers;
import org.xenledger.ledger.Progress;
import org.xenledger.ledger.Store;
import org.xenledger.ledger.StoreLocation;

/**
 * Three streams of eight events; events 1 and 2 are the first two of stream 0, 3 and 4 of stream 1, 5 and 6 of stream 2,
 * 7 and 8 go on with stream 0, and so forth: 24 events, 12 seals of two.
 */
class TamperingTest {
    private static final Instant THEN = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-03T00:00:00Z");
    private static final String NOT_CONTINUED =
            "the ledger does not continue the fingerprint of 2026-03-02T00:00:00Z: ";

    @TempDir
    Path temp;

    private StoreLocation location;
    private Anchor anchor;

    @BeforeEach
    void aLedgerWhoseFingerprintIsKeptElsewhere() {
        location = Samples.write(StoreLocation.ofDirectory(temp.resolve("store")), 3, 8);
        anchor = new Anchor(temp.resolve("anchor"));
        assertThat(extendAnchor(THEN)).isEmpty();
    }

    @Test
    void anUntouchedLedgerIsValid() {
        Verified verified = verify();
        assertThat(verified.valid()).isTrue();
        assertThat(verified.events()).isEqualTo(24);
        assertThat(verified.unsealed()).isZero();
        assertThat(verified.lastValid().position()).isEqualTo(24);
        assertThat(verified.sealed().toString()).matches("24:[0-9a-f]{64}");
        assertThat(extendAnchor(NOW)).isEmpty();
    }

    @Test
    void aChangedPayloadIsFound() throws Exception {
        Samples.tamper(location, Forger.CHANGE);
        assertBrokenAt(9, "it was changed, inserted or moved here from another place: it does not match its hash");
    }

    @Test
    void aPayloadThatIsNoEventAnyMoreIsFound() throws Exception {
        Samples.tamper(location, "UPDATE event SET payload = X'7B7D7D' WHERE global_index = 9");
        assertBrokenAt(9, "its payload was changed: it is no JSON object in one line of ASCII");
    }

    @ParameterizedTest
    @ValueSource(strings = {"device", "operation", "actor", "host"})
    void aChangedSearchColumnIsFound(String column) throws Exception {
        Samples.tamper(location, "UPDATE event SET " + column + " = 'mallory' WHERE global_index = 9");
        assertBrokenAt(9, "its column " + column + " was changed: the event itself says otherwise");
    }

    @ParameterizedTest
    @ValueSource(strings = {"device", "operation", "actor", "host"})
    void anEmptiedSearchColumnIsFound(String column) throws Exception {
        String first = ask("SELECT MIN(global_index) FROM event WHERE global_index > 8 AND " + column + " IS NOT NULL");
        Samples.tamper(location, "UPDATE event SET " + column + " = NULL WHERE global_index = " + first);
        assertBrokenAt(Long.parseLong(first), "its column " + column + " was changed: the event itself says otherwise");
    }

    @Test
    void aChangedTimeIsFound() throws Exception {
        Samples.tamper(
                location, "UPDATE event SET occurred_at = '2026-03-01T00:00:00.000000000Z' WHERE global_index = 9");
        assertBrokenAt(9, "its column occurred_at was changed: the event itself says otherwise");
    }

    @Test
    void aChangedKindIsFound() throws Exception {
        Samples.tamper(location, "UPDATE event SET kind = 'Nothing' WHERE global_index = 9");
        assertBrokenAt(
                9,
                "its payload, kind or revision was changed, or a newer Xenledger wrote it: this one knows no such event");
    }

    @Test
    void anEventRemovedInTheMiddleIsFound() throws Exception {
        Samples.tamper(location, "DELETE FROM event WHERE global_index = 9");
        assertBrokenAt(9, "event 9 was removed: after event 8 comes event 10");
    }

    @Test
    void anEventRemovedInTheMiddleIsFoundThoughTheGapWasClosed() throws Exception {
        Samples.tamper(location, "DELETE FROM event WHERE global_index = 9", Forger.closeTheGap(9));
        assertBrokenAt(
                9,
                "an event before it was removed, or the order was changed: it is number 3 of its stream and number 2"
                        + " does not come before it");
    }

    @Test
    void aStreamCutAtItsEndIsFound() throws Exception {
        Samples.tamper(location, "DELETE FROM event WHERE global_index = 20");
        assertBrokenAt(20, "event 20 was removed: after event 19 comes event 21");
    }

    @Test
    void aStreamCutAtItsEndIsFoundThoughTheGapWasClosed() throws Exception {
        Samples.tamper(location, "DELETE FROM event WHERE global_index = 20", Forger.closeTheGap(20));
        assertSealBrokenAt(19, 10);
    }

    @Test
    void theLastEventsRemovedWithoutTheirSealsAreFound() throws Exception {
        Samples.tamper(location, "DELETE FROM event WHERE global_index > 20");
        assertBrokenAt(21, "events were removed: the ledger was sealed up to event 24 and ends at event 20");
    }

    @Test
    void theLastEventsRemovedWithTheirSealsAreFoundByTheAnchorOnly() throws Exception {
        Samples.tamper(location, "DELETE FROM event WHERE global_index > 20", "DELETE FROM seal WHERE number > 10");
        Verified verified = verify();
        assertThat(verified.valid()).isTrue();
        assertThat(verified.events()).isEqualTo(20);
        assertNotContinued();
    }

    @Test
    void theLastSealsRemovedAreFoundByTheAnchorOnly() throws Exception {
        Samples.tamper(location, "DELETE FROM seal WHERE number > 10");
        assertThat(verify().valid()).isTrue();
        assertThat(verify().unsealed()).isEqualTo(4);
        assertNotContinued();
    }

    @Test
    void aWholeStreamRemovedIsFound() throws Exception {
        String stream = Ledgers.stream(1).value();
        Samples.tamper(location, "DELETE FROM event WHERE stream = '" + stream + "'");
        assertBrokenAt(3, "event 3 was removed: after event 2 comes event 5");
    }

    @Test
    void aWholeStreamRemovedIsFoundThoughTheGapsWereClosed() throws Exception {
        String stream = Ledgers.stream(1).value();
        Samples.tamper(
                location,
                "DELETE FROM event WHERE stream = '" + stream + "'",
                "UPDATE event e SET global_index = (SELECT -COUNT(*) FROM event f WHERE ABS(f.global_index) <= e.global_index)",
                "UPDATE event SET global_index = -global_index");
        assertSealBrokenAt(3, 2);
    }

    @Test
    void eventsOfOneStreamThatChangedPlacesAreFound() throws Exception {
        Samples.tamper(location, Forger.exchange(7, 8));
        assertBrokenAt(
                7,
                "an event before it was removed, or the order was changed: it is number 3 of its stream and number 2"
                        + " does not come before it");
    }

    @Test
    void eventsOfTwoStreamsThatChangedPlacesAreFound() throws Exception {
        Samples.tamper(location, Forger.exchange(8, 9));
        assertSealBrokenAt(7, 4);
    }

    @Test
    void eventsSwappedBetweenStreamsAreFound() throws Exception {
        Samples.tamper(
                location,
                "UPDATE event SET stream = 'aside' WHERE global_index = 7",
                "UPDATE event SET stream = '" + Ledgers.stream(0) + "' WHERE global_index = 9",
                "UPDATE event SET stream = '" + Ledgers.stream(1) + "' WHERE global_index = 7");
        assertBrokenAt(7, "it was changed, inserted or moved here from another place: it does not match its hash");
    }

    @Test
    void contentsSwappedBetweenEventsAreFoundThoughTheirHashesWentWithThem() throws Exception {
        Samples.tamper(location, "CREATE TABLE aside AS SELECT * FROM event WHERE global_index IN (7, 9)", """
                UPDATE event e SET (event_id, kind, occurred_at, payload, device, operation, actor, host, hash) =
                    (SELECT event_id, kind, occurred_at, payload, device, operation, actor, host, hash FROM aside
                     WHERE global_index = 16 - e.global_index) WHERE global_index IN (7, 9)""");
        assertBrokenAt(7, "it was changed, inserted or moved here from another place: it does not match its hash");
    }

    @Test
    void anInsertedEventIsFound() throws Exception {
        Samples.tamper(location, Forger.MAKE_ROOM, Forger.INSERT_COPY.formatted(9, "0"));
        assertBrokenAt(9, "it was changed, inserted or moved here from another place: it does not match its hash");
    }

    @Test
    void anInsertedEventIsFoundThoughItsHashFits() throws Exception {
        Samples.tamper(location, Forger.MAKE_ROOM, Forger.INSERT_COPY.formatted(9, "0"));
        Forger.rehashRows(location);
        assertSealBrokenAt(9, 5);
    }

    @Test
    void anEventAppendedWithoutAFittingHashIsFound() throws Exception {
        Samples.tamper(location, Forger.INSERT_COPY.formatted(25, "0"));
        assertBrokenAt(25, "it was changed, inserted or moved here from another place: it does not match its hash");
    }

    @Test
    void aSealChangedIsFound() throws Exception {
        Samples.tamper(location, "UPDATE seal SET sealed_at = '2026-03-01T10:00:01.000000000Z' WHERE number = 5");
        assertSealBrokenAt(9, 5);
    }

    @Test
    void aSealsHashChangedIsFound() throws Exception {
        Samples.tamper(location, "UPDATE seal SET hash = SECURE_RAND(32) WHERE number = 12");
        assertSealBrokenAt(23, 12);
    }

    @Test
    void aSealsRangeChangedIsFound() throws Exception {
        Samples.tamper(location, "UPDATE seal SET row_count = 3 WHERE number = 5");
        assertBrokenAt(
                9,
                "seal 5 was changed: it covers 3 events up to event 10, after the seal before it come 2 up to event 10");
    }

    @Test
    void aSealRemovedIsFound() throws Exception {
        Samples.tamper(location, "DELETE FROM seal WHERE number = 5");
        assertBrokenAt(9, "seal 5 was removed: after seal 4 comes seal 6");
    }

    @Test
    void anEventWrittenAnewWithAFittingHashIsFound() throws Exception {
        Samples.tamper(location, Forger.CHANGE);
        Forger.rehashRows(location);
        assertSealBrokenAt(9, 5);
    }

    @Test
    void aLedgerWrittenAnewWithFittingHashesAndSealsIsFoundByTheAnchorOnly() throws Exception {
        Samples.tamper(location, Forger.CHANGE);
        Forger.rehashRows(location);
        Forger.rehashSeals(location);
        assertThat(verify().valid()).isTrue();
        assertNotContinued();
    }

    private String ask(String sql) throws Exception {
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            return Samples.ask(store, sql);
        }
    }

    private void assertSealBrokenAt(long position, int seal) {
        assertBrokenAt(
                position,
                "seal " + seal + " does not match its events " + position + " to " + (position + 1)
                        + ": one of them was removed, inserted or reordered, or the seal was changed");
    }

    private void assertBrokenAt(long position, String reason) {
        Verified verified = verify();
        assertThat(verified.broken()).isPresent();
        assertThat(verified.broken().get().reason()).isEqualTo(reason);
        assertThat(verified.broken().get().position()).isEqualTo(position);
        assertThat(verified.events()).isEqualTo(position - 1);
        assertThat(verified.lastValid().position()).isEqualTo(position - 1);
        assertThat(extendAnchor(NOW)).contains(reason);
    }

    private void assertNotContinued() {
        assertThat(extendAnchor(NOW).orElseThrow()).startsWith(NOT_CONTINUED);
    }

    private Verified verify() {
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            return Verification.of(store, Progress.NONE);
        }
    }

    private Optional<String> extendAnchor(Instant now) {
        try (Store store = Store.openForReading(location, Store.PATIENCE)) {
            return anchor.extend(store, Verification.of(store, Progress.NONE), now);
        }
    }
}
