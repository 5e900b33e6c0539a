// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import static org.xenledger.domain.device.XenbusState.CLOSED;
import static org.xenledger.domain.device.XenbusState.CLOSING;
import static org.xenledger.domain.device.XenbusState.CONNECTED;
import static org.xenledger.domain.device.XenbusState.INITIALISED;
import static org.xenledger.domain.device.XenbusState.INITIALISING;
import static org.xenledger.domain.device.XenbusState.INIT_WAIT;
import static org.xenledger.domain.device.XenbusState.UNKNOWN;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.device.XenbusState;

/**
 * How Linux' drivers step through the xenbus states, as tables: the first rule that fits what is seen says what the driver
 * publishes and where it goes. drivers/block/xen-blkfront.c and xen-blkback/xenbus.c, drivers/net/xen-netfront.c and
 * xen-netback/xenbus.c, drivers/xen/xenbus/xenbus_probe.c.
 */
enum Driver {
    BLKFRONT(
            rule(INITIALISING, INIT_WAIT, INITIALISED, "ring-ref", "event-channel", "feature-persistent"),
            rule(INITIALISED, CONNECTED, CONNECTED),
            rule(EnumSet.range(INITIALISING, CONNECTED), EnumSet.of(CLOSING, CLOSED), CLOSING),
            rule(CLOSING, CLOSING, CLOSED)),
    NETFRONT(
            rule(
                    INITIALISING,
                    INIT_WAIT,
                    CONNECTED,
                    "xdp-headroom",
                    "multi-queue-num-queues",
                    "tx-ring-ref",
                    "rx-ring-ref",
                    "event-channel-tx",
                    "event-channel-rx",
                    "request-rx-copy",
                    "feature-rx-notify",
                    "feature-sg",
                    "feature-gso-tcpv4",
                    "feature-gso-tcpv6",
                    "feature-ipv6-csum-offload"),
            rule(EnumSet.range(INITIALISING, CONNECTED), EnumSet.of(CLOSING, CLOSED), CLOSING),
            rule(CLOSING, CLOSING, CLOSED)),
    BLKBACK(
            rule(
                    EnumSet.of(INITIALISING),
                    EnumSet.allOf(XenbusState.class),
                    INIT_WAIT,
                    "feature-max-indirect-segments",
                    "multi-queue-max-queues",
                    "max-ring-page-order"),
            rule(
                            EnumSet.of(INIT_WAIT),
                            EnumSet.of(INITIALISED, CONNECTED),
                            CONNECTED,
                            "feature-flush-cache",
                            "discard-granularity",
                            "discard-alignment",
                            "discard-secure",
                            "feature-discard",
                            "feature-barrier",
                            "feature-persistent",
                            "sectors",
                            "info",
                            "sector-size",
                            "physical-sector-size")
                    .when(Sight::plumbed),
            rule(EnumSet.range(INIT_WAIT, CONNECTED), EnumSet.of(CLOSING), CLOSING),
            rule(EnumSet.range(INIT_WAIT, CLOSING), EnumSet.of(CLOSED), CLOSED),
            // the toolstack took the guest's end away
            rule(CLOSING, UNKNOWN, CLOSED),
            // the guest loaded its driver again
            rule(CLOSED, INITIALISING, INIT_WAIT).when(Sight::online)),
    NETBACK(
            rule(
                    EnumSet.of(INITIALISING),
                    EnumSet.allOf(XenbusState.class),
                    INIT_WAIT,
                    "feature-sg",
                    "feature-gso-tcpv4",
                    "feature-gso-tcpv6",
                    "feature-ipv6-csum-offload",
                    "feature-rx-copy",
                    "feature-xdp-headroom",
                    "feature-rx-flip",
                    "feature-multicast-control",
                    "feature-dynamic-multicast-control",
                    "feature-split-event-channels",
                    "multi-queue-max-queues",
                    "feature-ctrl-ring"),
            rule(EnumSet.of(INIT_WAIT), EnumSet.of(CONNECTED), CONNECTED).when(Sight::plumbed),
            rule(EnumSet.range(INIT_WAIT, CONNECTED), EnumSet.of(CLOSING), CLOSING),
            rule(EnumSet.range(INIT_WAIT, CLOSING), EnumSet.of(CLOSED), CLOSED),
            rule(CLOSING, UNKNOWN, CLOSED),
            rule(CLOSED, INITIALISING, INIT_WAIT).when(Sight::online));

    /**
     * One step.
     *
     * @param keys what is published with it, in this order and before the state
     */
    record Rule(
            Set<XenbusState> own,
            Set<XenbusState> other,
            Predicate<Sight> condition,
            List<String> keys,
            XenbusState to) {
        Rule when(Predicate<Sight> also) {
            return new Rule(own, other, also, keys, to);
        }

        private boolean fits(Sight sight) {
            return own.contains(sight.own()) && other.contains(sight.other()) && condition.test(sight);
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // rules are values
    private final List<Rule> rules;

    Driver(Rule... rules) {
        this.rules = List.of(rules);
    }

    private static Rule rule(XenbusState own, XenbusState other, XenbusState to, String... keys) {
        return rule(EnumSet.of(own), EnumSet.of(other), to, keys);
    }

    private static Rule rule(Set<XenbusState> own, Set<XenbusState> other, XenbusState to, String... keys) {
        return new Rule(Set.copyOf(own), Set.copyOf(other), sight -> true, List.of(keys), to);
    }

    /** Empty for kinds that are not simulated. */
    static Optional<Driver> of(DeviceKind kind, DeviceEnd end) {
        return switch (kind) {
            case VBD -> Optional.of(end == DeviceEnd.FRONTEND ? BLKFRONT : BLKBACK);
            case VIF -> Optional.of(end == DeviceEnd.FRONTEND ? NETFRONT : NETBACK);
            default -> Optional.empty();
        };
    }

    /** What it does next; empty while it waits. */
    Optional<Rule> next(Sight sight) {
        return rules.stream().filter(rule -> rule.fits(sight)).findFirst();
    }
}
