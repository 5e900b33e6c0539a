// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain;

/**
 * The process that carries out an operation. A pid alone is used again, so the start of the process goes with it.
 *
 * @param host the machine and boot the process runs on
 * @param pid its process id
 * @param processStart its start, field 22 of /proc/PID/stat (clock ticks after boot)
 */
public record Owner(HostIdentity host, long pid, long processStart) {}
