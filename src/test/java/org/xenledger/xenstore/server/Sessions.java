// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/** Random sessions: mostly of requests that mean something to each other, and some of any bytes. */
final class Sessions {
    private static final int CLIENTS = Player.SOCKETS + Player.GUESTS;

    private Sessions() {}

    static Arbitrary<List<Step>> ofLength(int most) {
        return steps().list().ofMinSize(1).ofMaxSize(most);
    }

    private static Arbitrary<Step> steps() {
        Arbitrary<Integer> clients = Arbitraries.integers().between(0, CLIENTS - 1);
        Arbitrary<Integer> sockets = Arbitraries.integers().between(0, Player.SOCKETS - 1);
        Arbitrary<Integer> domids = Arbitraries.integers().between(1, Player.GUESTS + 1);
        return Arbitraries.frequencyOf(
                Tuple.of(
                        40,
                        Combinators.combine(clients, requests().list().ofSize(1))
                                .as(Step.Burst::new)),
                Tuple.of(
                        8,
                        Combinators.combine(
                                        clients, requests().list().ofMinSize(2).ofMaxSize(12))
                                .as(Step.Burst::new)),
                Tuple.of(1, sockets.map(Step.Reconnect::new)),
                Tuple.of(1, domids.map(Step.Create::new)),
                Tuple.of(1, domids.map(Step.ShutDown::new)),
                Tuple.of(1, domids.map(Step.Destroy::new)));
    }

    private static Arbitrary<Step.Request> requests() {
        Arbitrary<Integer> slots = Arbitraries.frequency(
                Tuple.of(10, 0), Tuple.of(10, 1), Tuple.of(4, 2), Tuple.of(1, Step.Request.NO_SUCH_TRANSACTION));
        return Combinators.combine(slots, meant())
                .as((slot, request) -> new Step.Request(slot(slot, request.type()), request.type(), request.body()));
    }

    /** Else most would start one within another, or end none. */
    private static int slot(int random, int type) {
        if (type == MessageType.TRANSACTION_START.code() && random == 1) {
            return 0;
        }
        return type == MessageType.TRANSACTION_END.code() && random == 0 ? 1 : random;
    }

    private static Arbitrary<Step.Request> meant() {
        Arbitrary<String> paths = paths();
        return Arbitraries.frequencyOf(
                        Tuple.of(5, request(MessageType.READ, paths.map(Sessions::string))),
                        Tuple.of(5, request(MessageType.DIRECTORY, paths.map(Sessions::string))),
                        Tuple.of(2, request(MessageType.DIRECTORY_PART, strings(paths, offsets()))),
                        Tuple.of(3, request(MessageType.GET_PERMS, paths.map(Sessions::string))),
                        Tuple.of(14, request(MessageType.WRITE, writes(paths))),
                        Tuple.of(5, request(MessageType.MKDIR, paths.map(Sessions::string))),
                        Tuple.of(7, request(MessageType.RM, paths.map(Sessions::string))),
                        Tuple.of(8, request(MessageType.SET_PERMS, permissions(paths))),
                        Tuple.of(8, request(MessageType.WATCH, strings(watched(), tokens()))),
                        Tuple.of(8, request(MessageType.UNWATCH, strings(watched(), tokens()))),
                        Tuple.of(1, request(MessageType.RESET_WATCHES, Arbitraries.of("", "\0"))),
                        Tuple.of(5, request(MessageType.TRANSACTION_START, Arbitraries.of("", "\0", "x\0"))),
                        Tuple.of(9, request(MessageType.TRANSACTION_END, ends())),
                        Tuple.of(3, domainRequests()),
                        Tuple.of(2, request(MessageType.CONTROL, controls())),
                        Tuple.of(1, damaged()))
                .filter(request -> request.body().length() <= Frame.MAX_REQUEST);
    }

    private static Arbitrary<Step.Request> request(MessageType type, Arbitrary<String> bodies) {
        return bodies.map(body -> new Step.Request(0, type.code(), body));
    }

    private static String string(String text) {
        return text + '\0';
    }

    private static Arbitrary<String> strings(Arbitrary<String> first, Arbitrary<String> second) {
        return Combinators.combine(first, second).as((one, two) -> string(one) + string(two));
    }

    static Arbitrary<String> paths() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        20,
                        Arbitraries.of(
                                "/a",
                                "/a/b",
                                "/a/b/c",
                                "/a/c",
                                "/local/domain/1",
                                "/local/domain/1/data/x",
                                "/local/domain/2/data/z",
                                "/local/domain/3/a")),
                Tuple.of(15, Arbitraries.of("data", "data/x", "data/x/y", "data/z")),
                Tuple.of(1, Arbitraries.of("@introduceDomain", "@releaseDomain", "@other", "/local", "/local/domain")),
                Tuple.of(1, Arbitraries.of("/", "", "//", "/a/", "a/", "/a//b", "/a b", "/\u00e9", "/a/@b", "/a/-_Z9")),
                Tuple.of(1, longPaths()));
    }

    private static Arbitrary<String> watched() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of("/", "/a", "/a/b", "/local/domain", "data", "/local/domain/1/data")),
                Tuple.of(1, Arbitraries.of("@introduceDomain", "@releaseDomain")),
                Tuple.of(1, paths()));
    }

    private static Arbitrary<String> longPaths() {
        Arbitrary<String> prefixes = Arbitraries.of(
                "/",
                "a",
                "/local/domain/1/data/",
                "/local/domain/-1/",
                "/local/domain/99999/",
                "/local/domain/100000/",
                "/local/domain/x/",
                "/local/domain/-/",
                "@");
        return Combinators.combine(prefixes, Arbitraries.integers().between(2030, 2080))
                .as((prefix, length) -> prefix + "l".repeat(Math.max(0, length - prefix.length())));
    }

    private static Arbitrary<String> writes(Arbitrary<String> paths) {
        Arbitrary<String> values = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of("", "1", "value", "a\0b", "\0", "\u00ff\u0080\n")),
                Tuple.of(1, Arbitraries.integers().between(1900, 2100).map("v"::repeat)));
        return strings(paths, values).map(body -> body.substring(0, body.length() - 1));
    }

    private static Arbitrary<String> permissions(Arbitrary<String> paths) {
        Arbitrary<String> permissions = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of("n0", "r0", "b0", "n1", "r1", "w1", "b1", "n2", "r2", "b2", "n3", "r3")),
                Tuple.of(1, Arbitraries.of("r9", "b32751", "n70000", "r-1", "r01", "b0x2", "w 1", "r+2")),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "", "r", "x1", "r1 ", "r1x", "r0x", "r08", "R1", "rr", "n99999999999999999999")));
        return Combinators.combine(paths, permissions.list().ofMinSize(0).ofMaxSize(7))
                .as((path, all) -> string(path) + String.join("\0", all) + (all.isEmpty() ? "" : "\0"));
    }

    private static Arbitrary<String> tokens() {
        return Arbitraries.of("t", "u", "", "to/ken");
    }

    private static Arbitrary<String> offsets() {
        return Arbitraries.of("0", "2", "3", "4", "1000", "-1", "x", "", " 2z", "99999999999999999999");
    }

    private static Arbitrary<String> ends() {
        return Arbitraries.frequency(
                Tuple.of(8, "T\0"), Tuple.of(4, "F\0"), Tuple.of(1, "X\0"), Tuple.of(1, "T"), Tuple.of(1, "T\0T\0"));
    }

    private static Arbitrary<Step.Request> domainRequests() {
        Arbitrary<String> domids =
                Arbitraries.of("1", "2", "3", "1", "2", "3", "0", "9", "", "x", " 2", "32752", "-1", "99999999999");
        Arbitrary<String> one = domids.map(Sessions::string);
        Arbitrary<String> ports =
                Arbitraries.frequency(Tuple.of(5, "1\0" + "3\0"), Tuple.of(1, "1\0000\0"), Tuple.of(1, "1\0"));
        Arbitrary<String> introduction = Combinators.combine(one, ports).as((domid, port) -> domid + port);
        return Arbitraries.oneOf(
                request(MessageType.GET_DOMAIN_PATH, one),
                request(MessageType.IS_DOMAIN_INTRODUCED, one),
                request(MessageType.INTRODUCE, introduction),
                request(MessageType.RELEASE, one),
                request(MessageType.RESUME, one),
                request(MessageType.SET_TARGET, strings(domids, domids)));
    }

    private static Arbitrary<String> controls() {
        Arbitrary<String> settings = Arbitraries.of(
                "nodes\0008\0",
                "nodes\0001\0",
                "watches\0002\0",
                "transactions\0001\0",
                "node-size\000100\0",
                "permissions\0001\0",
                "transaction-nodes\0003\0",
                "path-max\00020\0",
                "nodes\0000\0",
                "other\0001\0");
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "check\0",
                        "check\0x\0",
                        "log\0on\0",
                        "log\0",
                        "print\0x\0",
                        "other\0",
                        "",
                        "quota",
                        "help\0x\0"),
                Arbitraries.of(
                        "quota\0", "quota\0000\0", "quota\0001\0", "quota\0002\0", "quota\0003\0", "quota\0009\0"),
                Arbitraries.of("quota\0001\0002\0", "quota\0set\0", "quota\0set\0nodes\0"),
                settings.map(setting -> "quota\0set\0" + setting));
    }

    private static Arbitrary<Step.Request> damaged() {
        Arbitrary<Integer> types = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(1, 30)),
                Tuple.of(1, Arbitraries.of(99, 0xffff, -1, Integer.MIN_VALUE)));
        Arbitrary<String> bodies = Arbitraries.strings()
                .withChars('\0', '/', 'a', 'b', '1', 'T', '@', '\u00ff')
                .ofMaxLength(12);
        return Combinators.combine(types, bodies).as((type, body) -> new Step.Request(0, type, body));
    }
}
