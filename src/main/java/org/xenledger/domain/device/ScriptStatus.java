// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

/** What a backend's {@code hotplug-status} says of the hotplug script (tools/hotplug/Linux/xen-hotplug-common.sh). */
public enum ScriptStatus {
    /** No node, or the empty one that libxl writes for a vif: the script has not reported. */
    NOT_REPORTED,
    SUCCEEDED,
    FAILED;

    /** {@code connected} is success; {@code error} and {@code busy} are failures. */
    public static ScriptStatus ofText(String text) {
        if (text == null || text.isEmpty()) {
            return NOT_REPORTED;
        }
        return text.equals("connected") ? SUCCEEDED : FAILED;
    }
}
