// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.LiveView;
import org.xenledger.domain.view.StoreView;
import org.xenledger.domain.view.TemplateFile;
import org.xenledger.domain.view.TemplateView;

/**
 * Says which domain each domid is. The hypervisor's uuid is the identity, and without a hypercall only the name of the
 * libxl-json file has it: after a restart_rename {@code ~/vm} names another uuid than the hypervisor's.
 */
public final class Identification {
    /** What the ledger knows about who has, or had, a domid on this boot of this host. */
    @FunctionalInterface
    public interface KnownLives {
        /** Whether the uuid had this domid in a life other than the one that started then. */
        boolean had(String uuid, int domid, String startTime);

        /** When the life that runs as this domid started; empty where none is known. */
        default Optional<String> start(StreamId stream, int domid) {
            return Optional.empty();
        }
    }

    private static final int DOMAIN_0 = 0;
    private static final String NIL_UUID = "00000000-0000-0000-0000-000000000000";

    private final HostIdentity host;
    private final KnownLives known;

    public Identification(HostIdentity host, KnownLives known) {
        this.host = host;
        this.known = known;
    }

    /** Pairs what xenstore shows with the files. */
    public HostView identify(List<LiveView> lives, List<TemplateFile> files, StoreView store) {
        List<DomainView> domains = new ArrayList<>();
        List<TemplateFile> orphans = new ArrayList<>(files);
        Set<Integer> unnamed = new TreeSet<>();
        for (LiveView live : lives) {
            Optional<TemplateFile> file = fileOf(live, files);
            file.ifPresent(orphans::remove);
            String uuid = file.map(TemplateFile::uuid).orElse(live.vmUuid());
            if (live.domid() != DOMAIN_0 && uuid.isEmpty()) {
                unnamed.add(live.domid());
                continue;
            }
            StreamId stream = live.domid() == DOMAIN_0 ? StreamId.ofHost(host.host()) : StreamId.ofUuid(uuid);
            domains.add(new DomainView(
                    stream,
                    file.isEmpty() && live.domid() != DOMAIN_0,
                    new Incarnation(host, live.domid(), startOf(stream, live)),
                    live,
                    file.map(TemplateFile::content).orElseGet(TemplateView.None::new)));
        }
        domains.sort(Comparator.comparingInt(view -> view.live().domid()));
        return new HostView(host, List.copyOf(domains), List.copyOf(orphans), Set.copyOf(unnamed), store);
    }

    /** {@code /vm/<uuid>} goes away under a living domain, as after a migration within the host; its life goes on. */
    private String startOf(StreamId stream, LiveView live) {
        return live.startTime().isEmpty() ? known.start(stream, live.domid()).orElse("") : live.startTime();
    }

    private Optional<TemplateFile> fileOf(LiveView live, List<TemplateFile> files) {
        List<TemplateFile> candidates =
                files.stream().filter(file -> file.domid() == live.domid()).toList();
        if (live.domid() == DOMAIN_0) {
            return candidates.stream()
                    .filter(file -> file.uuid().equals(NIL_UUID))
                    .findFirst()
                    .or(() -> candidates.stream().findFirst());
        }
        Optional<TemplateFile> agreeing = candidates.stream()
                .filter(file -> file.uuid().equals(live.vmUuid()))
                .findFirst();
        if (agreeing.isPresent() || candidates.size() != 1) {
            return agreeing;
        }
        return candidates.stream()
                .filter(file -> !known.had(file.uuid(), live.domid(), live.startTime()))
                .findFirst();
    }
}
