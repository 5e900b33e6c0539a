// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.event;

import java.util.List;
import java.util.Map;
import org.xenledger.domain.Incarnation;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.operation.ScriptProcess;

/** What happens to an operation of our own that xl carries out. */
public sealed interface XlEvent extends DeviceEvent {
    /**
     * The rest of the intent, durable together with its first event: not we are to do it, but xl.
     *
     * @param command the program and its arguments
     */
    record XlChosen(Provenance by, String operation, Incarnation incarnation, DeviceKey device, List<String> command)
            implements XlEvent {}

    /** The process of xl exists; recorded before it does anything. */
    record XlStarted(Provenance by, String operation, Incarnation incarnation, DeviceKey device, ScriptProcess script)
            implements XlEvent {}

    /**
     * The device is in libxl-json and in xenstore, while xl runs.
     *
     * @param attributes its keys as libxl wrote them
     */
    record XlWroteEntries(
            Provenance by, String operation, Incarnation incarnation, DeviceKey device, Map<String, String> attributes)
            implements XlEvent {}

    /** xl has ended with status 0. */
    record XlSucceeded(Provenance by, String operation, Incarnation incarnation, DeviceKey device) implements XlEvent {}

    /** xl has ended, and nobody knows how; what it has left undone is for us to do. */
    record XlEnded(Provenance by, String operation, Incarnation incarnation, DeviceKey device) implements XlEvent {}
}
