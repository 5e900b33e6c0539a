// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.operation;

import java.util.List;

/**
 * The process of a hotplug script, or of xl.
 *
 * @param command its program and arguments
 * @param pid also the id of its session and process group
 * @param processStart field 22 of /proc/PID/stat, in clock ticks after boot: a pid alone is used again
 */
public record ScriptProcess(List<String> command, long pid, long processStart) {}
