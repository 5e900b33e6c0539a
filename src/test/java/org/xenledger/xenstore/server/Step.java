// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happens next in a random session. */
sealed interface Step {
    Pattern RUN = Pattern.compile("(.)\\1{9,}");

    /**
     * Requests that one client sends at once.
     *
     * @param client the index of a privileged connection, or from {@link Player#SOCKETS} on that of a guest's
     */
    record Burst(int client, List<Request> requests) implements Step {}

    /** @param slot 0 for no transaction, else one of those that the client has open, if there are any */
    record Request(int slot, int type, String body) {
        static final int NO_SUCH_TRANSACTION = 9;

        /** With a bar for each NUL, and long runs of one character short. */
        @Override
        public String toString() {
            String shown = body.replace('\0', '|');
            for (Matcher run = RUN.matcher(shown); run.find(); run = RUN.matcher(shown)) {
                shown = run.replaceFirst(run.group(1) + '{' + run.group().length() + '}');
            }
            return "(" + slot + ' ' + type + ' ' + shown + ')';
        }
    }

    /** A client closes its connection and comes again. */
    record Reconnect(int client) implements Step {}

    record Create(int domid) implements Step {}

    record ShutDown(int domid) implements Step {}

    record Destroy(int domid) implements Step {}
}
