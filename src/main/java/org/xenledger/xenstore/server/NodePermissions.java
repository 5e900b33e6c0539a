// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * A node's permissions. The first entry names the owner, and what all domains may do that have no entry of their own.
 *
 * <p>Access is a set of bits: {@link #READ}, {@link #WRITE}, {@link #OWNER}.
 */
record NodePermissions(List<Entry> entries) {
    static final int READ = 1;
    static final int WRITE = 2;
    static final int OWNER = 4;
    static final int ALL = READ | WRITE | OWNER;

    /** Domain-0's own, as the first nodes have them. */
    static final NodePermissions OF_DOMAIN_0 = new NodePermissions(List.of(new Entry(0, 0, false)));

    /** By access: none, read, write, both. */
    private static final String LETTERS = "nrwb";

    /** @param ignored since the domain did not exist when it was set, or another has its number now; still shown */
    record Entry(int access, int domid, boolean ignored) {
        Entry asIgnored() {
            return new Entry(access, domid, true);
        }
    }

    NodePermissions {
        entries = List.copyOf(entries);
    }

    static NodePermissions parse(List<String> texts) {
        List<Entry> entries = new ArrayList<>();
        for (String text : texts) {
            int access = text.isEmpty() ? -1 : LETTERS.indexOf(text.charAt(0));
            OptionalInt domid = access < 0 ? OptionalInt.empty() : Numbers.strtol(text.substring(1));
            entries.add(new Entry(access, domid.orElseThrow(() -> new Refusal(Errno.EINVAL)), false));
        }
        return new NodePermissions(entries);
    }

    /** As the reply to GET_PERMS has them. */
    String format() {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(LETTERS.charAt(entry.access()))
                .append(entry.domid())
                .append('\0'));
        return text.toString();
    }

    Entry first() {
        return entries.get(0);
    }

    int owner() {
        return first().domid();
    }

    NodePermissions ownedBy(int domid) {
        List<Entry> changed = new ArrayList<>(entries);
        changed.set(0, new Entry(first().access(), domid, first().ignored()));
        return new NodePermissions(changed);
    }

    /** The same without a domain that is gone; what it owned is Domain-0's. */
    NodePermissions without(int domid) {
        List<Entry> left = new ArrayList<>(entries.subList(1, entries.size()));
        left.removeIf(entry -> entry.domid() == domid);
        left.add(0, first());
        NodePermissions rest = new NodePermissions(left);
        return rest.owner() == domid ? rest.ownedBy(0) : rest;
    }

    /**
     * The same with the entries ignored whose domain is not the one that was meant.
     *
     * @param from the index of the first entry to look at
     */
    NodePermissions ignoring(int from, IntPredicate isOther) {
        List<Entry> changed = null;
        for (int i = from; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (!entry.ignored() && isOther.test(entry.domid())) {
                changed = changed == null ? new ArrayList<>(entries) : changed;
                changed.set(i, entry.asIgnored());
            }
        }
        return changed == null ? this : new NodePermissions(changed);
    }
}
