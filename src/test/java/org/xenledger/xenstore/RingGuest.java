// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.FrameDecoder;

/**
 * An unprivileged guest of a real daemon: it speaks over the shared page of struct xenstore_domain_interface
 * (xen/include/public/io/xs_wire.h), which the stub maps from the domain's file. Touching the file is its event channel.
 *
 * <p>For one thread. The domain must have been introduced.
 */
public final class RingGuest implements RawConnection {
    private static final int RING = 1024;
    private static final int REQUESTS = 0;
    private static final int REPLIES = RING;
    private static final int REQUEST_CONSUMER = 2 * RING;
    private static final int REQUEST_PRODUCER = REQUEST_CONSUMER + 4;
    private static final int REPLY_CONSUMER = REQUEST_CONSUMER + 8;
    private static final int REPLY_PRODUCER = REQUEST_CONSUMER + 12;
    private static final int PAGE = 4096;
    private static final VarHandle INDEX = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final Path file;
    private final MappedByteBuffer page;
    private final FrameDecoder decoder = new FrameDecoder();
    private ByteBuffer unsent = ByteBuffer.allocate(0);

    RingGuest(Path file) {
        this.file = file;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            page = channel.map(FileChannel.MapMode.READ_WRITE, 0, PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void send(Frame frame) {
        ByteBuffer encoded = frame.encode();
        unsent = ByteBuffer.allocate(unsent.remaining() + encoded.remaining())
                .put(unsent)
                .put(encoded)
                .flip();
        push();
    }

    @Override
    public Optional<Frame> receive(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<Frame> frame = decoder.next();
            if (frame.isPresent() || System.nanoTime() - end > 0) {
                return frame;
            }
            push();
            if (!pull()) {
                LockSupport.parkNanos(20_000);
            }
        }
    }

    /** Nothing to do: the ring goes with its domain. */
    @Override
    public void close() {}

    private void push() {
        int producer = get(REQUEST_PRODUCER);
        int room = RING - (producer - get(REQUEST_CONSUMER));
        int count = Math.min(room, unsent.remaining());
        for (int i = 0; i < count; i++) {
            page.put(REQUESTS + Math.floorMod(producer + i, RING), unsent.get());
        }
        if (count > 0) {
            INDEX.setRelease(page, REQUEST_PRODUCER, producer + count);
            touch();
        }
    }

    private boolean pull() {
        int consumer = get(REPLY_CONSUMER);
        int count = get(REPLY_PRODUCER) - consumer;
        if (count <= 0) {
            return false;
        }
        ByteBuffer taken = ByteBuffer.allocate(count);
        for (int i = 0; i < count; i++) {
            taken.put(page.get(REPLIES + Math.floorMod(consumer + i, RING)));
        }
        INDEX.setRelease(page, REPLY_CONSUMER, consumer + count);
        touch();
        decoder.feed(taken.flip());
        return true;
    }

    private int get(int index) {
        return (int) INDEX.getAcquire(page, index);
    }

    private void touch() {
        try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        } catch (IOException e) {
            throw new IllegalStateException("the domain of " + file + " is gone", e);
        }
    }
}
