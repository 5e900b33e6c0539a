// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.operation;

/** What a hotplug script is run for; for a nic libxl says online and offline instead (libxl_linux.c). */
public enum ScriptAction {
    ADD,
    REMOVE
}
