// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.IncarnationState;

/**
 * Finds the domain that somebody means by a uuid, a domid or a name, or a host's Domain-0 by {@code host:<name>}. A life that
 * runs goes before those that ended; what could mean two domains is refused, with both.
 */
public final class DomainSelector {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DOMID = Pattern.compile("[0-9]{1,5}");

    private final Collection<DomainState> domains;

    public DomainSelector(Collection<DomainState> domains) {
        this.domains = domains;
    }

    /**
     * The domain meant.
     *
     * @throws UsageException when there is none, or more than one
     */
    public DomainState select(String meant) {
        if (UUID.matcher(meant).matches()) {
            StreamId wanted = StreamId.ofUuid(meant.toLowerCase(Locale.ROOT));
            return only(
                    meant, domains.stream().filter(d -> d.id().equals(wanted)).toList());
        }
        List<DomainState> hosts = domains.stream()
                .filter(domain -> domain.id().isHost() && domain.id().value().equals(meant))
                .toList();
        if (!hosts.isEmpty()) {
            return only(meant, hosts);
        }
        List<DomainState> running = matching(meant, true);
        return only(meant, running.isEmpty() ? matching(meant, false) : running);
    }

    private List<DomainState> matching(String meant, boolean running) {
        boolean byDomid = DOMID.matcher(meant).matches();
        return domains.stream()
                .filter(domain -> domain.incarnations().entrySet().stream()
                        .anyMatch(life -> life.getValue().running() == running
                                && (byDomid
                                        ? hasDomid(life, meant)
                                        : meant.equals(life.getValue().name()))))
                .toList();
    }

    private static boolean hasDomid(Map.Entry<Incarnation, IncarnationState> life, String domid) {
        return life.getKey().domid() == Integer.parseInt(domid);
    }

    private static DomainState only(String meant, List<DomainState> found) {
        if (found.isEmpty()) {
            throw new UsageException("no domain is known by \"" + meant + "\": give a uuid, a domid or a name that"
                    + " `xenledger list` shows");
        }
        if (found.size() > 1) {
            String both = found.stream().map(domain -> domain.id().value()).collect(Collectors.joining(" and "));
            throw new UsageException("\"" + meant + "\" could mean " + both + ": give the uuid");
        }
        return found.get(0);
    }
}
