// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Owner;
import org.xenledger.domain.StreamId;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.device.XenbusState;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.DomainState;
import org.xenledger.domain.state.IncarnationState;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.OperationState.Direction;
import org.xenledger.domain.state.OperationState.Outcome;
import org.xenledger.domain.state.Origin;
import org.xenledger.domain.template.Medium;
import org.xenledger.domain.view.DomainView;
import org.xenledger.domain.view.SeenDevice;
import org.xenledger.reconcile.verdict.DeviceVerdict;
import org.xenledger.reconcile.verdict.DomainVerdict;
import org.xenledger.reconcile.verdict.OwnerStatus;
import org.xenledger.reconcile.verdict.Severity;

/**
 * Where our own unfinished operations go on when their owner is dead: the verdict on the device, as a step. Nothing is
 * resumed for a domain that is itself not in order, nor on a host whose store is in trouble.
 */
public final class Resumptions {
    private static final Set<Step> SCRIPT_OF_REMOVAL = EnumSet.of(Step.REMOVAL_SCRIPT_DUE, Step.REMOVAL_SCRIPT_RUNNING);
    private static final Set<Step> CLOSED_BEFORE = EnumSet.of(
            Step.CLOSING,
            Step.XL_CLOSING,
            Step.REMOVAL_SCRIPT_DUE,
            Step.REMOVAL_SCRIPT_RUNNING,
            Step.REMOVING,
            Step.REMOVED);
    private static final Set<Step> LAST_OF_REMOVAL = EnumSet.of(Step.REMOVING, Step.REMOVED);

    private final HostView host;
    private final StoreTrouble trouble;
    private final Instant at;
    private final Owners owners;
    private final boolean force;

    private Resumptions(HostView host, StoreTrouble trouble, Instant at, Owners owners, boolean force) {
        this.host = host;
        this.trouble = trouble;
        this.at = at;
        this.owners = owners;
        this.force = force;
    }

    /**
     * All of them, by domain.
     *
     * @param ledger as it is when the look is recorded
     * @param force whether a device that its guest does not let go of is to be taken from it
     */
    public static List<Resumption> of(
            HostView host, Map<StreamId, DomainState> ledger, Instant at, Owners owners, boolean force) {
        return each(ledger, new Resumptions(host, StoreTrouble.in(host, ledger), at, owners, force)::resumption);
    }

    /** Those that nobody carries on and that cannot go on either, by domain; parameters as of {@link #of}. */
    public static List<Stranded> stranded(
            HostView host, Map<StreamId, DomainState> ledger, Instant at, Owners owners, boolean force) {
        return each(ledger, new Resumptions(host, StoreTrouble.in(host, ledger), at, owners, force)::stranded);
    }

    /** What is to be said of a device, if anything. */
    private interface Question<T> {
        Optional<T> about(
                DomainState domain, Incarnation life, IncarnationState known, DeviceKey key, DeviceState device);
    }

    private static <T> List<T> each(Map<StreamId, DomainState> ledger, Question<T> question) {
        List<T> all = new ArrayList<>();
        ledger.values()
                .forEach(domain -> domain.incarnations()
                        .forEach((life, known) -> known.devices()
                                .forEach((key, device) -> question.about(domain, life, known, key, device)
                                        .ifPresent(all::add))));
        return List.copyOf(all);
    }

    private Optional<Stranded> stranded(
            DomainState domain, Incarnation life, IncarnationState known, DeviceKey key, DeviceState device) {
        OperationState operation = device.operation();
        boolean here = life.host().host().equals(host.host().host());
        if (!isLeft(operation)
                || !here
                || resumption(domain, life, known, key, device).isPresent()) {
            return Optional.empty();
        }
        return obstacle(domain, life, known, key)
                .map(reason -> new Stranded(domain.id(), life, key, operation, reason));
    }

    private Optional<String> obstacle(DomainState domain, Incarnation life, IncarnationState known, DeviceKey key) {
        if (trouble.any()) {
            return Optional.of(DomainVerdict.STORE_IN_TROUBLE.words());
        }
        if (host.inDoubt(domain.id(), life)) {
            return Optional.of(
                    "it cannot be told whether its domain is gone; `xenledger check` says what is left of it");
        }
        return viewOf(domain, life).flatMap(view -> obstacle(view, known, key));
    }

    private Optional<String> obstacle(DomainView view, IncarnationState known, DeviceKey key) {
        DomainVerdict ofDomain = DomainVerdict.on(view, false);
        if (ofDomain != DomainVerdict.IN_ORDER) {
            return Optional.of(ofDomain.words());
        }
        DeviceVerdict verdict = new DeviceComparison(view, known, at, Duration.ZERO, owners).verdictOn(key);
        if (verdict == DeviceVerdict.UNPLUG_STUCK) {
            return Optional.of(verdict.words() + "; `xenledger heal --force` takes it from the guest");
        }
        return verdict.severity() == Severity.FINDING ? Optional.of(verdict.words()) : Optional.empty();
    }

    private Optional<Resumption> resumption(
            DomainState domain, Incarnation life, IncarnationState known, DeviceKey key, DeviceState device) {
        OperationState operation = device.operation();
        if (!isLeft(operation) || !life.host().host().equals(host.host().host())) {
            return Optional.empty();
        }
        Optional<Place> place = operation.open() && !life.host().equals(host.host())
                ? Optional.of(new Place(Step.REMOVING, "the host was started anew, its domain is gone"))
                : place(domain, life, known, key, device);
        return place.map(
                p -> new Resumption(domain.id(), life, key, operation, p.step(), why(operation) + ": " + p.reason()));
    }

    /** Where an operation goes on, and what the world shows there. */
    private record Place(Step step, String reason) {}

    private boolean isLeft(OperationState operation) {
        if (operation == null || operation.origin() != Origin.OURS) {
            return false;
        }
        boolean abandoned = operation.open() && owners.statusOf(operation.owner()) == OwnerStatus.DEAD;
        return abandoned || operation.outcome() == Outcome.TIMED_OUT;
    }

    private Optional<Place> place(
            DomainState domain, Incarnation life, IncarnationState known, DeviceKey key, DeviceState device) {
        if (trouble.any() || host.inDoubt(domain.id(), life)) {
            return Optional.empty();
        }
        Owner carrier = owners.carrierOf(device.operation());
        if (device.operation().open() && !carrier.equals(device.operation().owner())) {
            return Optional.of(new Place(Step.XL_RUNNING, "its xl, pid " + carrier.pid() + ", still works"));
        }
        if (!known.running()) {
            return device.operation().open()
                    ? Optional.of(new Place(Step.REMOVAL_SCRIPT_DUE, "its domain is gone"))
                    : Optional.empty();
        }
        return viewOf(domain, life)
                .filter(view -> DomainVerdict.on(view, false) == DomainVerdict.IN_ORDER)
                .flatMap(view -> place(view, known, key, device));
    }

    private Optional<DomainView> viewOf(DomainState domain, Incarnation life) {
        return host.domains().stream()
                .filter(view -> view.stream().equals(domain.id()))
                .filter(view -> domain.named(view.incarnation()).equals(life))
                .findFirst();
    }

    private Optional<Place> place(DomainView view, IncarnationState known, DeviceKey key, DeviceState device) {
        DeviceComparison comparison = new DeviceComparison(view, known, at, Duration.ZERO, owners);
        DeviceVerdict verdict = comparison.verdictOn(key);
        SeenDevice seen = view.live().devices().get(key);
        boolean wanted = seen != null && seen.live().online() == Online.YES;
        if (device.awaitsGuest() && wanted) {
            return Optional.empty();
        }
        if (verdict == DeviceVerdict.UNPLUG_STUCK && force) {
            return Optional.of(new Place(Step.FORCING, "it is taken from the guest, as was asked for"));
        }
        return step(verdict, device, seen, comparison.lacksEntry(key)).map(step -> new Place(step, verdict.words()));
    }

    /** What xl was to write into libxl-json we never write. */
    private static Optional<Step> step(DeviceVerdict verdict, DeviceState device, SeenDevice seen, boolean lacksEntry) {
        boolean ours = device.operation().xl().isEmpty();
        return switch (verdict) {
            case DROP_ENTRY, COMPLETE_UNPLUG -> Optional.of(Step.REMOVING);
            case ROLL_BACK, RESUME_AS_REMOVAL -> Optional.of(removal(device, seen, Step.GIVEN_UP));
            case RESUME_UNPLUG -> Optional.of(removal(device, seen, firstOfRemoval(device.operation())));
            case RESUME_HOTPLUG -> Optional.of(hotplug(device, seen, Step.BACKEND_AWAITED));
            case COMPLETE_HOTPLUG ->
                Optional.of(hotplug(device, seen, lacksEntry && ours ? Step.WRITING : Step.FRONTEND_AWAITED));
            default -> Optional.empty();
        };
    }

    /**
     * What was given up stays so; should it have connected after all, that step sees it. What died while it wrote has left
     * libxl's lock file, which goes when it is done again.
     */
    private static Step hotplug(DeviceState device, SeenDevice seen, Step otherwise) {
        Step due = device.operation().due();
        if (due == Step.WRITING) {
            return Step.WRITING;
        }
        if (isAnother(device, seen)) {
            return Step.REMOVING;
        }
        return due == Step.GIVEN_UP ? Step.GIVEN_UP : otherwise;
    }

    /** Whether somebody has plugged in something else there, and wants it. The last step of a removal refuses that. */
    private static boolean isAnother(DeviceState device, SeenDevice seen) {
        boolean wanted = seen.live().libxlEntry() && seen.live().online() == Online.YES;
        boolean differs = !device.attributes().isEmpty() && !seen.attributes().equals(device.attributes());
        return wanted && (differs || isAnotherMedium(device, seen) || wasClosed(device.operation()));
    }

    /** What xl has plugged in before anybody saw it is known by its medium only; what it never began is not its. */
    private static boolean isAnotherMedium(DeviceState device, SeenDevice seen) {
        boolean byXl = !device.operation().xl().isEmpty()
                && device.operation().direction() == Direction.HOTPLUG
                && device.entry() != null;
        return byXl
                && (device.operation().due() == Step.XL_DUE
                        || !Medium.difference(seen.key(), device.entry(), seen.attributes())
                                .isEmpty());
    }

    private static boolean wasClosed(OperationState operation) {
        boolean byXl = operation.due() == Step.XL_ENDING && operation.direction() == Direction.UNPLUG;
        return byXl || CLOSED_BEFORE.contains(operation.due());
    }

    private static Step firstOfRemoval(OperationState operation) {
        return operation.direction() == Direction.HOTPLUG ? Step.GIVEN_UP : Step.CLOSE_DUE;
    }

    /**
     * A script that has run is not run again, and what is closed is not asked to close. What had begun to write goes there
     * again: that step knows its own nodes from those of others.
     */
    private static Step removal(DeviceState device, SeenDevice seen, Step otherwise) {
        OperationState operation = device.operation();
        if (operation.due() == Step.WRITING) {
            return Step.WRITING;
        }
        boolean closing = seen.live().online() == Online.NO;
        if (isAnother(device, seen)) {
            return Step.REMOVING;
        }
        if (closing && LAST_OF_REMOVAL.contains(operation.due())) {
            return Step.REMOVING;
        }
        boolean closed = seen.live().backend() == XenbusState.CLOSED;
        if (closing && (closed || SCRIPT_OF_REMOVAL.contains(operation.due()))) {
            return Step.REMOVAL_SCRIPT_DUE;
        }
        return operation.due() == Step.FORCING ? Step.FORCING : otherwise;
    }

    private static String why(OperationState operation) {
        return operation.open()
                ? "its owner, pid " + operation.owner().pid() + ", has ended"
                : "it timed out (" + operation.reason() + ")";
    }
}
