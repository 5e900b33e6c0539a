// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.script;

import java.time.Duration;
import org.xenledger.toolstack.process.ProcessIdentity;

/**
 * A process that works for a hotplug.
 *
 * @param script whether it is the script itself, not what that has called
 * @param leader whether it began a session, as the scripts that we start do, and those of libxl do not
 * @param age how long it has run
 */
public record ScriptProcess(ProcessIdentity identity, boolean script, boolean leader, Duration age) {}
