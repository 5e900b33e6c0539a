// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.FrameDecoder;
import org.xenledger.xenstore.wire.MessageType;

/**
 * Replies to some requests as one stream of bytes with random damage, and what a reader has to make of it, found out by a
 * reader of its own that shares nothing with the client but the frame's form.
 */
final class ReplyStream {
    private static final int HEADER = 16;
    private static final int TYPE = 0;
    private static final int NUMBER = 4;
    private static final int LENGTH = 12;

    private final Random random;
    private final Map<String, Frame> expected = new HashMap<>();
    private boolean broken;
    private boolean answersAll;

    ReplyStream(Random random) {
        this.random = random;
    }

    /** The bytes, in pieces; the connection is closed after them where only its end tells that something is missing. */
    List<ByteBuffer> answers(List<Frame> asked) {
        List<byte[]> frames = new ArrayList<>();
        List<Frame> inAnyOrder = new ArrayList<>(asked);
        Collections.shuffle(inAnyOrder, random);
        for (Frame request : inAnyOrder) {
            if (random.nextInt(8) == 0) {
                frames.add(event().encode().array());
            }
            int type = random.nextInt(6) == 0 ? MessageType.ERROR.code() : request.type();
            frames.add(new Frame(type, request.request(), 0, text()).encode().array());
        }
        if (random.nextInt(3) > 0) {
            damage(frames);
        }
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        frames.forEach(stream::writeBytes);
        broken = read(stream.toByteArray(), asked);
        answersAll = expected.size() == asked.size();
        List<ByteBuffer> pieces = pieces(stream.toByteArray());
        if (!broken && !answersAll) {
            pieces.add(FakeDaemon.CLOSE);
        }
        return pieces;
    }

    /** The reply of each path, for the requests that have one. */
    Map<String, Frame> expected() {
        return expected;
    }

    /** Whether every request has its reply, before the stream makes no sense. */
    boolean answersAll() {
        return answersAll;
    }

    /** Whether the stream makes no sense at some point. */
    boolean isBroken() {
        return broken;
    }

    private Frame event() {
        return new Frame(MessageType.WATCH_EVENT.code(), 0, 0, "/a\0nobody's\0" + (random.nextBoolean() ? "" : text()));
    }

    private String text() {
        byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(9000) : random.nextInt(20)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private void damage(List<byte[]> frames) {
        int index = random.nextInt(frames.size());
        byte[] frame = frames.get(index);
        ByteBuffer words = ByteBuffer.wrap(frame).order(ByteOrder.nativeOrder());
        int at = random.nextInt(frame.length);
        switch (random.nextInt(11)) {
            case 0 -> frame[at] = (byte) random.nextInt();
            case 1 -> words.putInt(TYPE, random.nextInt(24));
            // the same slot of the client's table, at another time
            case 2 -> words.putInt(NUMBER, words.getInt(NUMBER) ^ 64 << random.nextInt(25));
            case 3 -> words.putInt(NUMBER, random.nextBoolean() ? 0 : random.nextInt());
            case 4 -> words.putInt(LENGTH, random.nextBoolean() ? FrameDecoder.MAX_REPLY + 1 : -1 - random.nextInt(99));
            case 5 -> words.putInt(LENGTH, random.nextInt(2 * frame.length));
            case 6 -> frames.add(random.nextInt(frames.size() + 1), frame);
            case 7 -> frames.remove(index);
            case 8 -> frames.set(index, Arrays.copyOf(frame, at));
            case 9 ->
                frames.add(
                        index,
                        new Frame(15, 0, 0, random.nextBoolean() ? "/a\0" : "")
                                .encode()
                                .array());
            default -> {
                byte[] noise = new byte[1 + random.nextInt(40)];
                random.nextBytes(noise);
                frames.add(index, noise);
            }
        }
    }

    /** Gives whether the stream makes no sense at some point; what came before counts. */
    private boolean read(byte[] bytes, List<Frame> asked) {
        Map<Integer, Frame> open = new HashMap<>();
        asked.forEach(request -> open.put(request.request(), request));
        ByteBuffer left = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        while (left.remaining() >= HEADER) {
            int type = left.getInt();
            int number = left.getInt();
            int transaction = left.getInt();
            int length = left.getInt();
            if (length < 0 || length > FrameDecoder.MAX_REPLY) {
                return true;
            }
            if (left.remaining() < length) {
                return false;
            }
            byte[] body = new byte[length];
            left.get(body);
            String text = new String(body, StandardCharsets.ISO_8859_1);
            if (type == MessageType.WATCH_EVENT.code()) {
                if (text.chars().filter(c -> c == 0).count() < 2) {
                    return true;
                }
                continue;
            }
            Frame request = open.get(number);
            if (request == null || (type != request.type() && type != MessageType.ERROR.code())) {
                return true;
            }
            open.remove(number);
            expected.put(request.strings().get(0), new Frame(type, number, transaction, text));
        }
        return false;
    }

    private List<ByteBuffer> pieces(byte[] bytes) {
        List<ByteBuffer> pieces = new ArrayList<>();
        int most = random.nextBoolean() ? 40 : 20_000;
        for (int start = 0; start < bytes.length; ) {
            int length = Math.min(bytes.length - start, 1 + random.nextInt(most));
            pieces.add(ByteBuffer.wrap(bytes, start, length));
            start += length;
        }
        return pieces;
    }
}
