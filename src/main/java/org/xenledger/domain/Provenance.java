// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain;

import java.time.Instant;

/**
 * Where an event comes from; every event carries one.
 *
 * @param actor who asked: a login name or uid for a person, {@code agent} for the daemon
 * @param host the machine and boot on which it was seen or done
 * @param cause the command or event that this one follows from
 * @param at when it was seen or done; for a text dump the moment when the dump was taken
 */
public record Provenance(String actor, HostIdentity host, String cause, Instant at) {}
