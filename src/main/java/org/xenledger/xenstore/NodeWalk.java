// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.xenledger.xenstore.client.ChildList;
import org.xenledger.xenstore.client.Pipeline;
import org.xenledger.xenstore.wire.Frame;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstoreException;
import org.xenledger.xenstore.wire.XenstorePath;
import org.xenledger.xenstore.wire.XenstorePermission;

/** Asks for nodes and what is below them, level by level, and puts the replies where they belong. */
final class NodeWalk {
    private static final String VANISHED = "ENOENT";

    private final Pipeline pipeline;
    private final boolean withPermissions;
    private final Budget budget;
    private final SameTexts texts = new SameTexts();

    NodeWalk(Pipeline pipeline, boolean withPermissions, Budget budget) {
        this.pipeline = pipeline;
        this.withPermissions = withPermissions;
        this.budget = budget;
    }

    /** Reads a node and everything below it, forgetting what was known. */
    void read(MutableNode node, String path) {
        node.value = null;
        node.gap = null;
        node.removeChildren();
        ask(MessageType.READ, node, path, reply -> takeValue(node, reply));
        if (withPermissions) {
            ask(MessageType.GET_PERMS, node, path, reply -> takePermissions(node, reply));
        }
        list(node, path);
    }

    /** Lists a node's children again, and reads those that are new. */
    void list(MutableNode node, String path) {
        node.changing = false;
        ask(MessageType.DIRECTORY, node, path, reply -> takeList(node, path, reply));
    }

    private void ask(MessageType type, MutableNode node, String path, Consumer<Frame> onReply, String... more) {
        node.pending++;
        String[] strings = Stream.concat(Stream.of(path), Stream.of(more)).toArray(String[]::new);
        pipeline.ask(
                type,
                reply -> {
                    node.pending--;
                    onReply.accept(reply);
                },
                strings);
    }

    private void takeValue(MutableNode node, Frame reply) {
        if (reply.is(MessageType.READ)) {
            budget.takeValue(node, texts.of(reply.body()));
        } else if (isRefusal(reply)) {
            node.value = "";
            node.gap = Gap.Reason.UNREADABLE;
        }
    }

    private static void takePermissions(MutableNode node, Frame reply) {
        if (reply.is(MessageType.GET_PERMS)) {
            List<XenstorePermission> permissions = new ArrayList<>();
            List<String> texts = reply.strings();
            texts.forEach(text -> XenstorePermission.parse(text).ifPresent(permissions::add));
            node.permissions = Optional.of(permissions).filter(all -> all.size() == texts.size());
        }
        if (isRefusal(reply) || (reply.is(MessageType.GET_PERMS) && node.permissions.isEmpty())) {
            node.gap = Gap.Reason.UNREADABLE;
        }
    }

    private void takeList(MutableNode node, String path, Frame reply) {
        if (reply.is(MessageType.DIRECTORY)) {
            merge(node, path, reply.strings());
        } else if (reply.error().filter(ChildList.TOO_LONG::equals).isPresent()) {
            askPart(node, path, new ChildList());
        } else if (isRefusal(reply)) {
            node.gap = Gap.Reason.UNREADABLE;
        }
    }

    private void askPart(MutableNode node, String path, ChildList list) {
        ask(MessageType.DIRECTORY_PART, node, path, reply -> takePart(node, path, list, reply), list.offset());
    }

    private void takePart(MutableNode node, String path, ChildList list, Frame reply) {
        if (isRefusal(reply)) {
            node.gap = Gap.Reason.UNREADABLE;
        } else if (reply.is(MessageType.DIRECTORY_PART)) {
            if (!list.take(reply)) {
                node.changing = true;
            } else if (list.isComplete()) {
                merge(node, path, list.names());
            } else {
                askPart(node, path, list);
            }
        }
    }

    private void merge(MutableNode parent, String path, List<String> names) {
        Map<String, MutableNode> before = parent.removeChildren();
        for (String name : names) {
            MutableNode known = before.get(name);
            if (known != null && !known.vanished()) {
                parent.add(known);
            } else if (parent.child(name) == null) {
                Optional<Gap.Reason> refusal = readChild(parent, XenstorePath.child(path, name), name);
                if (refusal.isPresent()) {
                    parent.gap = refusal.get();
                    return;
                }
            }
        }
    }

    private Optional<Gap.Reason> readChild(MutableNode parent, String path, String name) {
        if (!XenstorePath.isName(name)) {
            throw new XenstoreException("the daemon lists a child of " + XenstorePath.parent(path)
                    + " whose name is none: check that the socket is xenstored's");
        }
        if (path.length() > XenstorePath.MAX_LENGTH) {
            return Optional.of(Gap.Reason.DEPTH);
        }
        MutableNode child = new MutableNode(texts.of(name));
        Optional<Gap.Reason> refusal = budget.takeNode(parent, child, path);
        if (refusal.isEmpty()) {
            parent.add(child);
            read(child, path);
        }
        return refusal;
    }

    /** Whether the reply is an error that says more than that the node is gone, which an event tells too. */
    private static boolean isRefusal(Frame reply) {
        return reply.error().filter(error -> !error.equals(VANISHED)).isPresent();
    }
}
