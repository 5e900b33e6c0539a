// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile.verdict;

import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.TemplateView;

/** What the views say of a domain as a whole; the devices are looked at only when it is in order. */
public enum DomainVerdict {
    IN_ORDER(Severity.IN_ORDER, "in order"),
    STORE_IN_TROUBLE(
            Severity.FINDING,
            "all its devices are gone at once, as are those of others or all that xenstore held: the store is in trouble,"
                    + " or this is not all of it; nothing is taken for gone, nothing is edited"),
    INCOMPLETE(Severity.FINDING, "xenstore could not be read as a whole; nothing is judged from a part"),
    HOME_GONE(
            Severity.FINDING, "its /local/domain entry is gone while other views have it: store or domain in trouble"),
    LIBXL_GONE(Severity.FINDING, "its /libxl entry is gone: xl cannot see its devices; nothing is edited"),
    VM_GONE(Severity.FINDING, "its ~/vm is gone or names no uuid: nothing says that its libxl-json is its own"),
    NO_TEMPLATE(Severity.FINDING, "it has no libxl-json: it died while being created, or lost it"),
    BEING_CREATED(Severity.NOTE, "it has no libxl-json yet: being created or rebooted"),
    TEMPLATE_UNREADABLE(Severity.FINDING, "its libxl-json cannot be read; hotplug and xl list -l fail"),
    PRESERVED(Severity.NOTE, "its ~/vm names another uuid than its libxl-json: preserved by restart_rename");

    private static final int DOMAIN_0 = 0;
    private final Severity severity;
    private final String words;

    DomainVerdict(Severity severity, String words) {
        this.severity = severity;
        this.words = words;
    }

    public Severity severity() {
        return severity;
    }

    public String words() {
        return words;
    }

    /**
     * The verdict on one life of a domain, whose store is not in trouble: that is a question of the whole host.
     *
     * @param pastGrace whether the life has been known for longer than the grace time
     */
    public static DomainVerdict on(DomainView view, boolean pastGrace) {
        boolean guest = view.live().domid() != DOMAIN_0;
        if (!view.live().whole()) {
            return INCOMPLETE;
        }
        if (!view.live().home()) {
            return HOME_GONE;
        }
        if (guest && !view.live().libxl()) {
            return LIBXL_GONE;
        }
        if (guest && view.live().vmUuid().isEmpty()) {
            return VM_GONE;
        }
        if (view.template() instanceof TemplateView.None) {
            return pastGrace || !guest ? NO_TEMPLATE : BEING_CREATED;
        }
        if (view.template() instanceof TemplateView.Unreadable) {
            return TEMPLATE_UNREADABLE;
        }
        return guest && !view.live().vmUuid().equals(view.stream().value()) ? PRESERVED : IN_ORDER;
    }
}
