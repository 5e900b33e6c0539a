// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.Set;
import org.xenledger.xenstore.wire.MessageType;

/** Requests whose answer is undefined in xenstored 4.17, so that there is nothing to compare with. */
final class Undefined {
    private static final Set<Integer> ONE_STRING = Set.of(
            MessageType.READ.code(),
            MessageType.DIRECTORY.code(),
            MessageType.GET_PERMS.code(),
            MessageType.MKDIR.code(),
            MessageType.RM.code());

    private Undefined() {}

    /** What the daemon answers depends on what went before. */
    static boolean byStaleError(boolean privileged, Step.Request request) {
        String body = request.body();
        if (request.type() == MessageType.SET_PERMS.code() && NodePath.isSpecial(body)) {
            return !privileged || !Set.of("@introduceDomain", "@releaseDomain").contains(body.split("\0", 2)[0]);
        }
        boolean oneString = !body.isEmpty() && body.indexOf('\0') == body.length() - 1;
        return ONE_STRING.contains(request.type()) && !oneString;
    }

    /**
     * What the daemon does depends on the order in which connections come and go.
     *
     * @param bound domids that others serve
     */
    static boolean byDanglingTarget(Set<Integer> bound, Step.Request request) {
        boolean ends = request.type() == MessageType.RELEASE.code() || request.type() == MessageType.INTRODUCE.code();
        return ends && bound.contains(Numbers.atoi(request.body().split("\0", 2)[0]));
    }

    /** Domains come and go at a moment of their own, and what waits to be read counts as memory. */
    static boolean byTime(Step.Burst burst) {
        Set<Integer> types =
                Set.of(MessageType.INTRODUCE.code(), MessageType.RELEASE.code(), MessageType.CONTROL.code());
        return burst.requests().size() > 1
                && burst.requests().stream().anyMatch(request -> types.contains(request.type()));
    }
}
