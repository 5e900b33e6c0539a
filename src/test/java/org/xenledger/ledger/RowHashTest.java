// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowHashTest {
    private static final EventRow ROW = row("s", 3, "id", "Kind", 1, "2026-01-01T00:00:00.000000000Z", "{}", "{}");

    @Test
    void theFormOfARowIsFixedForEver() {
        assertThat(HexFormat.of().formatHex(RowHash.of(RowHash.none(), ROW)))
                .isEqualTo("21ffb10b8ec50a785ff947cef19cf2fda5f1a700e62e668754d3a4cf37c124c5");
    }

    @Test
    void everyColumnAndThePreviousHashCount() {
        byte[] other = RowHash.none();
        other[31] = 1;
        String at = ROW.occurredAt();
        List<byte[]> hashes = List.of(
                RowHash.of(RowHash.none(), ROW),
                RowHash.of(other, ROW),
                RowHash.of(RowHash.none(), row("t", 3, "id", "Kind", 1, at, "{}", "{}")),
                RowHash.of(RowHash.none(), row("s", 4, "id", "Kind", 1, at, "{}", "{}")),
                RowHash.of(RowHash.none(), row("s", 3, "ie", "Kind", 1, at, "{}", "{}")),
                RowHash.of(RowHash.none(), row("s", 3, "id", "Kind", 2, at, "{}", "{}")),
                RowHash.of(RowHash.none(), row("s", 3, "id", "Kind", 1, at.replace('6', '7'), "{}", "{}")),
                RowHash.of(RowHash.none(), row("s", 3, "id", "Kind", 1, at, "{ }", "{}")),
                RowHash.of(RowHash.none(), row("s", 3, "id", "Kind", 1, at, "{}", "{ }")));
        assertThat(hashes.stream().map(HexFormat.of()::formatHex)).doesNotHaveDuplicates();
    }

    @Test
    void textMovedFromOneColumnToTheNextIsAnotherRow() {
        EventRow moved = row("s", 3, "idK", "ind", 1, ROW.occurredAt(), "{}", "{}");
        assertThat(RowHash.of(RowHash.none(), moved)).isNotEqualTo(RowHash.of(RowHash.none(), ROW));
    }

    @Test
    void placeInTheLedgerIsLeftToTheSeals() {
        EventRow elsewhere = new EventRow(
                9, "s", 3, "id", "Kind", 1, ROW.occurredAt(), ROW.payload(), ROW.metadata(), RowHash.none());
        assertThat(RowHash.of(RowHash.none(), elsewhere)).isEqualTo(RowHash.of(RowHash.none(), ROW));
    }

    @Test
    void theFormOfASealIsFixedForEver() {
        SealHash seal = new SealHash(RowHash.none(), 0);
        seal.add(1, RowHash.none());
        assertThat(HexFormat.of().formatHex(seal.finish(ROW.occurredAt())))
                .isEqualTo("a5b9584fa0a569233a8bf4e9125cd0256c8e97a3f8ecffe2b0edcfd533176d63");
    }

    @Test
    void aSealTellsTheOrderOfItsRows() {
        byte[] one = RowHash.of(RowHash.none(), ROW);
        SealHash forth = new SealHash(RowHash.none(), 0);
        forth.add(1, one);
        forth.add(2, RowHash.none());
        SealHash back = new SealHash(RowHash.none(), 0);
        back.add(1, RowHash.none());
        back.add(2, one);
        assertThat(forth.lastIndex()).isEqualTo(2);
        assertThat(forth.count()).isEqualTo(2);
        assertThat(forth.finish("")).isNotEqualTo(back.finish(""));
    }

    private static EventRow row(
            String stream,
            long sequence,
            String id,
            String kind,
            int revision,
            String at,
            String payload,
            String metadata) {
        return new EventRow(
                1, stream, sequence, id, kind, revision, at, payload.getBytes(UTF_8), metadata.getBytes(UTF_8), null);
    }
}
