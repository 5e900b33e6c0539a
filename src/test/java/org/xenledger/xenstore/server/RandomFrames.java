// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.List;
import java.util.Random;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** Frames of every kind, from those that make sense to any bytes. */
final class RandomFrames {
    private static final List<String> PATHS = List.of(
            "/",
            "/a",
            "/a/b",
            "/a/b/c",
            "data",
            "data/x",
            "/local/domain/1/data",
            "/local/domain/2",
            "@releaseDomain",
            "/" + "l".repeat(2047),
            "/local/domain/1/" + "l".repeat(2048),
            "/a/" + "d/".repeat(900) + "e",
            "",
            "//",
            "\u00ff");
    private static final List<String> TEXTS = List.of(
            "",
            "1",
            "2",
            "x",
            "t",
            "T",
            "F",
            "n0",
            "r1",
            "b2",
            "n1",
            "w3",
            "0",
            "32752",
            "-1",
            "99999999999999999999",
            "quota",
            "set",
            "nodes",
            "v".repeat(2000),
            "v".repeat(4000));

    private final Random random;

    RandomFrames(Random random) {
        this.random = random;
    }

    Frame next() {
        int type = random.nextInt(12) > 0
                ? pick(List.of(MessageType.values())).code()
                : random.nextBoolean() ? random.nextInt(40) : random.nextInt();
        int transaction = random.nextInt(3) > 0 ? 0 : random.nextInt(8) > 0 ? 1 + random.nextInt(4) : random.nextInt();
        String body = random.nextInt(3) > 0 ? body(type) : damaged(body(type));
        return new Frame(
                type, random.nextInt(), transaction, body.substring(0, Math.min(body.length(), Frame.MAX_REQUEST)));
    }

    private String body(int type) {
        StringBuilder body = new StringBuilder();
        if (type == MessageType.INTRODUCE.code()) {
            return (1 + random.nextInt(3)) + "\0001\0003\0";
        }
        if (type == MessageType.TRANSACTION_END.code()
                || type == MessageType.CONTROL.code()
                || random.nextInt(9) == 0) {
            body.append(pick(TEXTS)).append('\0');
        } else {
            body.append(pick(PATHS)).append('\0');
        }
        int more = type == MessageType.SET_PERMS.code() ? random.nextInt(8) : random.nextInt(3);
        boolean one =
                type == MessageType.READ.code() || type == MessageType.RM.code() || type == MessageType.MKDIR.code();
        for (int i = 0; i < more && !one; i++) {
            body.append(pick(TEXTS)).append('\0');
        }
        return body.toString();
    }

    private String damaged(String body) {
        StringBuilder damaged = new StringBuilder(body);
        for (int i = random.nextInt(4); i >= 0 && damaged.length() > 0; i--) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(4)) {
                case 0 -> damaged.setCharAt(at, (char) random.nextInt(256));
                case 1 -> damaged.insert(at, '\0');
                case 2 -> damaged.setLength(at);
                default -> damaged.deleteCharAt(at);
            }
        }
        return damaged.toString();
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
