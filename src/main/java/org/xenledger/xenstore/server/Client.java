// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One connection, and what the server keeps for it: its watches and transactions, and what it has not read yet. */
final class Client {
    private final Domain domain;
    private final Domains domains;
    private final Quotas quotas;
    private final Outbox outbox;
    private final List<Watch> watches = new ArrayList<>();
    private final Map<Integer, Transaction> transactions = new HashMap<>();
    private int lastTransaction;
    private boolean gone;

    /** @param domain Domain-0's for the clients of the socket, which are all privileged */
    Client(Domain domain, Domains domains, Quotas quotas) {
        this.domain = domain;
        this.domains = domains;
        this.quotas = quotas;
        this.outbox = new Outbox(domains, domain.domid());
    }

    Domain domain() {
        return domain;
    }

    int domid() {
        return domain.domid();
    }

    boolean isPrivileged() {
        return domain.isPrivileged();
    }

    Outbox outbox() {
        return outbox;
    }

    /** Where its relative paths begin. */
    String base() {
        return NodePath.ofDomain(domid());
    }

    /** What it may do with a node. */
    int accessTo(NodePermissions permissions) {
        if (isPrivileged() || domain.actsFor(permissions.owner())) {
            return NodePermissions.ALL;
        }
        return permissions.entries().stream()
                .skip(1)
                .filter(entry -> !entry.ignored() && domain.actsFor(entry.domid()))
                .findFirst()
                .orElse(permissions.first())
                .access();
    }

    boolean may(int access, NodePermissions permissions) {
        return (accessTo(permissions) & access) == access;
    }

    /** Whether a quota is used up; nobody bounds the privileged. */
    boolean exceeds(Quotas.Kind kind, int used) {
        return !isPrivileged() && used > quotas.get(kind);
    }

    Cause cause(Outstanding request) {
        return isPrivileged()
                ? new Cause(Integer.MAX_VALUE, request)
                : new Cause(quotas.get(Quotas.Kind.NODE_SIZE), request);
    }

    /** Whether its next request may be taken. */
    boolean isListenedTo() {
        return isPrivileged()
                || (domain.outstanding < quotas.get(Quotas.Kind.OUTSTANDING) && domains.hasMemory(domid(), 0));
    }

    List<Watch> watches() {
        return Collections.unmodifiableList(watches);
    }

    void add(Watch watch) {
        watches.add(watch);
        count(watch, 1);
    }

    /** False where there is none of this path and token. */
    boolean removeWatch(String path, String token) {
        for (Watch watch : watches) {
            if (watch.path().equals(path) && watch.token().equals(token)) {
                watches.remove(watch);
                count(watch, -1);
                return true;
            }
        }
        return false;
    }

    boolean hasWatch(String path, String token) {
        return watches.stream()
                .anyMatch(watch -> watch.path().equals(path) && watch.token().equals(token));
    }

    private void count(Watch watch, int change) {
        domains.countMemory(domid(), (long) change * watch.size());
        domain.watches += isPrivileged() ? 0 : change;
    }

    /** Null where it has none of that number. */
    Transaction transaction(int id) {
        return transactions.get(id);
    }

    /** @return the number of the new transaction */
    int begin(Transaction transaction) {
        do {
            lastTransaction++;
        } while (lastTransaction == 0 || transactions.containsKey(lastTransaction));
        transactions.put(lastTransaction, transaction);
        domain.transactions += isPrivileged() ? 0 : 1;
        return lastTransaction;
    }

    /** Ends a transaction; what it did and did not commit is lost. */
    void end(int id) {
        transactions.remove(id).dispose();
        domain.transactions -= isPrivileged() ? 0 : 1;
    }

    /** Ends its watches and transactions. */
    void reset() {
        watches.forEach(watch -> count(watch, -1));
        watches.clear();
        List.copyOf(transactions.keySet()).forEach(this::end);
    }

    /** Lets it begin anew, as a guest that was resumed does. */
    void restart() {
        reset();
        outbox.clear();
    }

    /** Ends all that it has; nothing reaches it any more. */
    void leave() {
        restart();
        gone = true;
    }

    boolean isGone() {
        return gone;
    }
}
