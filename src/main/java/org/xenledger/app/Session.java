// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xenledger.domain.HostIdentity;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.command.Observe;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.Evolution;
import org.xenledger.domain.template.Secrets;
import org.xenledger.domain.view.DomainView;
import org.xenledger.reconcile.HostView;
import org.xenledger.reconcile.Owners;
import org.xenledger.reconcile.StoreTrouble;
import org.xenledger.toolstack.userdata.UserdataDirectory;
import org.xenledger.xenstore.DumpReader;
import org.xenledger.xenstore.ReadLimits;
import org.xenledger.xenstore.Snapshot;
import org.xenledger.xenstore.XenstoreFormatException;
import org.xenledger.xenstore.XenstoreTree;
import org.xenledger.xenstore.client.XenstoreClient;
import org.xenledger.xenstore.wire.XenstoreSocket;

/** One run of the program: where the world is, what time it is, and who asks. */
public final class Session {
    /** How long a state must last before a remedy may touch it. */
    public static final Duration GRACE = Duration.ofSeconds(60);

    /** What others did carries no name: xenstore does not tell who wrote. */
    private static final String OTHERS = "others";

    private static final String DUMP_HOST = "dump";
    private final Settings settings;
    private final HostIdentity host;

    public Session(Settings settings) {
        this.settings = settings;
        String named = settings.host() == null ? DUMP_HOST : settings.host();
        this.host = settings.fromDump() ? new HostIdentity(named, settings.bootId()) : HostFacts.here();
    }

    public Settings settings() {
        return settings;
    }

    public HostIdentity host() {
        return host;
    }

    /** The moment of this run's look: now, or when the dump was taken. */
    public Instant at() {
        if (!settings.fromDump()) {
            return Instant.now();
        }
        return settings.takenAt() != null ? settings.takenAt() : lastModified(settings.xenstoreDump());
    }

    /** How long remedies wait; what a dump shows has lasted. */
    public Duration grace() {
        return settings.fromDump() ? Duration.ZERO : GRACE;
    }

    /** Who carries operations out and whether it lives; of a dump's host nobody can tell. */
    public Owners owners() {
        return settings.fromDump() ? Owners.UNKNOWN : new LocalOwners(host);
    }

    /** One look at both of libxl's views. */
    public Look look(Secrets secrets, Collection<DomainState> known) {
        Instant at = at();
        return new Look(world().look(secrets, known), at);
    }

    /** The commands that record a look: one for each domain that is seen, or was running when last seen. */
    public List<Observe> observations(Look look, Map<StreamId, DomainState> known, String cause) {
        Provenance by = new Provenance(OTHERS, host, cause, look.at());
        TreeSet<StreamId> streams = new TreeSet<>(known.keySet());
        look.host().domains().forEach(view -> streams.add(view.stream()));
        boolean trouble = StoreTrouble.in(look.host(), known).any();
        return streams.stream()
                .map(stream -> new Observe(
                        stream, by, views(look.host(), stream), inDoubt(look.host(), trouble, known.get(stream))))
                .toList();
    }

    private static Set<Integer> inDoubt(HostView host, boolean trouble, DomainState known) {
        if (known == null) {
            return Set.of();
        }
        return known.incarnations().keySet().stream()
                .filter(life -> trouble || host.inDoubt(known.id(), life))
                .map(Incarnation::domid)
                .collect(Collectors.toSet());
    }

    /** The states as they would be if the look were recorded: what a fresh view of a domain is made of. */
    public Map<StreamId, DomainState> merged(Look look, Map<StreamId, DomainState> known) {
        Map<StreamId, DomainState> merged = new TreeMap<>(known);
        for (Observe observation : observations(look, known, "look")) {
            DomainState state = known.getOrDefault(observation.stream(), DomainState.unknown(observation.stream()));
            for (DomainEvent event : observation.decide(state)) {
                state = Evolution.evolve(state, event);
            }
            if (state.version() > 0) {
                merged.put(state.id(), state);
            }
        }
        return merged;
    }

    public World world() {
        return new World(this::xenstore, new UserdataDirectory(settings.userdata()), host);
    }

    private static List<DomainView> views(HostView host, StreamId stream) {
        return host.domains().stream()
                .filter(view -> view.stream().equals(stream))
                .toList();
    }

    private XenstoreTree xenstore() {
        if (!settings.fromDump()) {
            try (XenstoreClient client = XenstoreClient.open(socket())) {
                return Snapshot.HOST.read(client);
            }
        }
        Path dump = settings.xenstoreDump();
        try (InputStream in = Files.newInputStream(dump)) {
            return new DumpReader(ReadLimits.DEFAULT).read(in);
        } catch (IOException e) {
            throw unreadable(dump, e);
        } catch (XenstoreFormatException e) {
            throw new InputException(dump + " is no dump of xenstore: " + e.getMessage(), e);
        }
    }

    /** The socket of the live xenstored. */
    public Path socket() {
        return Optional.ofNullable(settings.xenstoreSocket()).orElseGet(() -> XenstoreSocket.of(System.getenv()));
    }

    private static Instant lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InputException unreadable(Path dump, IOException e) {
        String why = e instanceof NoSuchFileException ? "there is no such file" : String.valueOf(e.getMessage());
        return new InputException("cannot read the dump " + dump + ": " + why, e);
    }
}
