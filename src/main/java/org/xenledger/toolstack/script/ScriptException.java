// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.script;

/** A hotplug script could not be started; the message is one sentence that says what to do. */
public final class ScriptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScriptException(String message, Throwable cause) {
        super(message, cause);
    }
}
