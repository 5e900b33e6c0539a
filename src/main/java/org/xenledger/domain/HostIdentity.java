// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain;

/**
 * Which boot of which machine: a pid, a domid or a lock owner means something only together with both.
 *
 * @param host the machine's name
 * @param bootId /proc/sys/kernel/random/boot_id of dom0; empty where it is not known (a text dump)
 */
public record HostIdentity(String host, String bootId) {}
