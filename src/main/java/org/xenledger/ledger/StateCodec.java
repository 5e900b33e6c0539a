// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.xenledger.domain.state.DomainState;

/**
 * The state of a domain as bytes, for what can be made again from the events at any time: snapshots and projections. So
 * there are no upcasters: a state in another format than this version's counts as not there. Deflated, for snapshots are
 * kept for ever and configurations repeat themselves.
 */
public final class StateCodec {
    /** To be raised with every change of the shape, or of the meaning, of the state. */
    static final byte FORMAT = 4;

    private static final JsonMapper MAPPER = DomainJson.mapper();

    public byte[] encode(DomainState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        bytes.write(FORMAT);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            MAPPER.writeValue(out, state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /** The state; empty when the bytes are in another format. */
    public Optional<DomainState> decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != FORMAT) {
            return Optional.empty();
        }
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1))) {
            return Optional.of(MAPPER.readValue(in, DomainState.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
