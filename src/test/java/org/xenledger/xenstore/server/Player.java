// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xenledger.xenstore.DaemonUnderTest;
import org.xenledger.xenstore.RawConnection;
import org.xenledger.xenstore.RawSocket;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;

/**
 * Plays a session on one daemon and writes down all that its clients see. After each step every client has seen what
 * the step caused, so that two daemons can be compared step by step.
 */
final class Player implements AutoCloseable {
    static final int SOCKETS = 3;
    /** Their domids are the first ones. */
    static final int GUESTS = 2;

    private static final int SYNC = -2;

    /** The real daemon takes one piece of the stub's news in a turn, and at least one turn for a request. */
    private static final int TURNS = 20;

    private interface Change {
        void make() throws IOException;
    }

    /** What each client watches before the session begins. */
    private static final Map<Integer, String> WATCHED =
            Map.of(0, "/", 1, "/a/b", 2, "/local/domain/1/data/x", 3, "/", 4, "/local/domain");

    private final DaemonUnderTest daemon;
    private final Tally tally;
    private final RawConnection control;
    private final Map<Integer, RawConnection> lines = new LinkedHashMap<>();
    private final Map<Integer, List<Integer>> transactions = new LinkedHashMap<>();
    private final Set<Integer> existing = new HashSet<>();
    private final Set<Integer> shutDown = new HashSet<>();
    private final Set<Integer> bound = new HashSet<>();
    private final List<String> transcript = new ArrayList<>();

    Player(DaemonUnderTest daemon, Tally tally) {
        this.daemon = daemon;
        this.tally = tally;
        this.control = new RawSocket(daemon.socket());
        for (int i = 0; i < SOCKETS; i++) {
            lines.put(i, new RawSocket(daemon.socket()));
        }
    }

    List<String> play(List<Step> session) {
        for (int domid = 1; domid <= GUESTS + 1; domid++) {
            take(new Step.Create(domid));
        }
        for (int domid = 1; domid <= GUESTS; domid++) {
            prepare(domid);
        }
        openGuests();
        WATCHED.forEach((client, path) -> lines.get(client).ask(MessageType.WATCH, path + "\0from the start\0"));
        // their first events, or one of the next change would be one with one that still waits
        sync(-1);
        for (Step step : session) {
            transcript.add(step.toString());
            take(step);
            openGuests();
        }
        new TreeDump(control, transcript).dump("/");
        return transcript;
    }

    private void prepare(int domid) {
        String home = "/local/domain/" + domid;
        control.ask(MessageType.INTRODUCE, domid + "\0001\0003\0");
        control.ask(MessageType.WRITE, home + "/name\0guest");
        control.ask(MessageType.SET_PERMS, home + "\0n0\0r" + domid + '\0');
        control.ask(MessageType.WRITE, home + "/data\0");
        control.ask(MessageType.SET_PERMS, home + "/data\0n" + domid + '\0');
    }

    private void take(Step step) {
        if (step instanceof Step.Burst burst) {
            burst(burst);
        } else if (step instanceof Step.Reconnect again) {
            lines.remove(again.client()).close();
            transactions.remove(again.client());
            lines.put(again.client(), new RawSocket(daemon.socket()));
            sync(-1);
        } else if (step instanceof Step.Create create && existing.add(create.domid())) {
            change(() -> daemon.create(create.domid()));
        } else if (step instanceof Step.ShutDown end && existing.contains(end.domid()) && shutDown.add(end.domid())) {
            change(() -> daemon.shutDown(end.domid()));
        } else if (step instanceof Step.Destroy end && !bound.contains(end.domid()) && existing.remove(end.domid())) {
            shutDown.remove(end.domid());
            change(() -> daemon.destroy(end.domid()));
        }
    }

    private void change(Change change) {
        try {
            change.make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 0; i < TURNS; i++) {
            control.ask(MessageType.GET_DOMAIN_PATH, "0\0");
        }
        sync(-1);
    }

    private void burst(Step.Burst burst) {
        RawConnection line = lines.get(burst.client());
        if (line == null || isUndefined(burst)) {
            transcript.add("left out");
            return;
        }
        List<Integer> open = List.copyOf(transactions.getOrDefault(burst.client(), List.of()));
        List<Frame> sent = new ArrayList<>();
        for (Step.Request request : burst.requests()) {
            sent.add(new Frame(request.type(), sent.size() + 1, transaction(request.slot(), open), request.body()));
        }
        sent.forEach(line::send);
        Seen seen = new Seen(burst.requests().size() > 1);
        for (int i = 0; i < sent.size(); i++) {
            Frame reply = seen.until(line, i + 1);
            seen.reply(reply);
            tally.count(reply);
            learn(burst.client(), sent.get(i), reply);
        }
        line.send(new Frame(MessageType.GET_DOMAIN_PATH.code(), SYNC, 0, "0\0"));
        seen.until(line, SYNC);
        transcript.add("author " + seen);
        sync(burst.client());
    }

    private static int transaction(int slot, List<Integer> open) {
        if (slot == Step.Request.NO_SUCH_TRANSACTION) {
            return 77;
        }
        return slot == 0 || open.isEmpty() ? 0 : open.get(slot % open.size());
    }

    private boolean isUndefined(Step.Burst burst) {
        boolean privileged = burst.client() < SOCKETS;
        return Undefined.byTime(burst)
                || burst.requests().stream()
                        .anyMatch(request -> Undefined.byStaleError(privileged, request)
                                || Undefined.byDanglingTarget(bound, request));
    }

    private void learn(int client, Frame asked, Frame reply) {
        List<Integer> open = transactions.computeIfAbsent(client, none -> new ArrayList<>());
        boolean malformed = reply.body().equals("EINVAL\0");
        if (reply.is(MessageType.TRANSACTION_START)) {
            open.add(Integer.parseInt(reply.body().trim()));
        } else if (asked.type() == MessageType.TRANSACTION_END.code() && !malformed) {
            open.removeIf(id -> id == asked.transaction());
        } else if (reply.is(MessageType.RESET_WATCHES)) {
            open.clear();
        } else if (reply.is(MessageType.INTRODUCE)) {
            transactions.remove(SOCKETS - 1 + Numbers.atoi(asked.strings().get(0)));
        } else if (reply.is(MessageType.SET_TARGET)) {
            bound.add(Numbers.atoi(asked.strings().get(1)));
        }
    }

    private void sync(int author) {
        Map<Integer, RawConnection> others = new LinkedHashMap<>(lines);
        others.remove(author);
        openGuests();
        others.keySet().retainAll(lines.keySet());
        others.values().forEach(line -> line.send(new Frame(MessageType.GET_DOMAIN_PATH.code(), SYNC, 0, "0\0")));
        others.forEach((client, line) -> {
            Seen seen = new Seen(true);
            seen.until(line, SYNC);
            if (!seen.isEmpty()) {
                transcript.add("client " + client + ' ' + seen);
            }
        });
    }

    /** Guests are there while they are introduced and their domain exists. */
    private void openGuests() {
        for (int domid = 1; domid <= GUESTS; domid++) {
            int client = SOCKETS - 1 + domid;
            Frame introduced = control.ask(MessageType.IS_DOMAIN_INTRODUCED, domid + "\0");
            boolean there = introduced.body().equals("T\0") && existing.contains(domid);
            if (there && !lines.containsKey(client)) {
                lines.put(client, daemon.guest(domid));
            } else if (!there && lines.containsKey(client)) {
                lines.remove(client).close();
                transactions.remove(client);
            }
        }
    }

    @Override
    public void close() {
        lines.values().forEach(RawConnection::close);
        control.close();
        daemon.close();
    }
}
