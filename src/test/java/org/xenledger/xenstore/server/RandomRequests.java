// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstorePath;

/** Tools and guests that ask one store for anything; what has to hold is looked at after each step. */
final class RandomRequests {
    private static final int FRAMES = 1000;
    private static final int LONGEST = Frame.HEADER + Frame.MAX_REQUEST;
    private static final List<String> ERRORS =
            Stream.of(Errno.values()).map(errno -> errno + "\0").toList();

    private final Random random;
    private final RandomFrames frames;
    private final Xenstore store;
    private final List<Client> clients = new ArrayList<>();
    private boolean quotasStand = true;

    RandomRequests(long seed) {
        random = new Random(seed);
        frames = new RandomFrames(random);
        store = new Xenstore(
                domid -> random.nextInt(20) > 0 ? DomainState.RUNNING : frames.pick(List.of(DomainState.values())));
    }

    void run() {
        for (int i = 0; i < FRAMES; i++) {
            connect();
            Client client = frames.pick(clients);
            if (client.isListenedTo()) {
                ask(client, frames.next());
            }
            if (random.nextInt(5) == 0) {
                take(frames.pick(clients));
            }
            if (random.nextInt(20) == 0) {
                store.checkDomains();
                clients.forEach(this::assertBounded);
            }
        }
        assertIsATree();
    }

    private void connect() {
        clients.removeIf(Client::isGone);
        while (clients.size() < 5) {
            store.connect(random.nextInt(3)).ifPresent(clients::add);
        }
    }

    private void ask(Client client, Frame frame) {
        take(client);
        store.serve(client, frame);
        List<Frame> replies = take(client);
        replies.removeIf(each -> each.is(MessageType.WATCH_EVENT));
        if (client.isGone()) {
            assertThat(replies).isEmpty();
            return;
        }
        assertThat(replies).hasSize(1);
        Frame reply = replies.get(0);
        assertThat(reply.request()).isEqualTo(frame.request());
        assertThat(reply.transaction()).isEqualTo(frame.transaction());
        if (reply.is(MessageType.ERROR)) {
            assertThat(reply.body()).isIn(ERRORS);
        } else {
            assertThat(reply.type()).isEqualTo(frame.type());
            quotasStand &= !reply.is(MessageType.CONTROL);
        }
    }

    private static List<Frame> take(Client client) {
        List<Frame> all = new ArrayList<>();
        for (Optional<Frame> frame = client.outbox().poll();
                frame.isPresent();
                frame = client.outbox().poll()) {
            assertThat(frame.get().body().length()).isLessThanOrEqualTo(Frame.MAX_REQUEST);
            all.add(frame.get());
        }
        return all;
    }

    /** One request may exceed what a guest may have, as short replies and its end are never refused. */
    private void assertBounded(Client client) {
        if (!client.isPrivileged() && quotasStand) {
            assertThat(client.domain().memory).isLessThan(new Quotas().get(Quotas.Kind.MEMORY) + LONGEST);
            assertThat(client.domain().nodes).isLessThanOrEqualTo(new Quotas().get(Quotas.Kind.NODES));
            assertThat(client.domain().watches).isLessThanOrEqualTo(new Quotas().get(Quotas.Kind.WATCHES) + 1);
        }
    }

    /** A list too long for a reply is left out. */
    private void assertIsATree() {
        Client judge = store.connect(0).orElseThrow();
        Deque<String> paths = new ArrayDeque<>(List.of("/"));
        while (!paths.isEmpty()) {
            String path = paths.pop();
            store.serve(judge, new Frame(MessageType.DIRECTORY.code(), 1, 0, path + "\0"));
            Frame list = take(judge).get(0);
            if (list.is(MessageType.ERROR)) {
                assertThat(list.body()).as(path).isEqualTo("E2BIG\0");
            } else {
                list.strings().forEach(name -> paths.push(XenstorePath.child(path, name)));
            }
        }
    }
}
