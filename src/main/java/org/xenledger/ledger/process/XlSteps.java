// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.process;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.xenledger.domain.Provenance;
import org.xenledger.domain.event.DeviceEvent;
import org.xenledger.domain.event.HotplugEvent.BackendReady;
import org.xenledger.domain.event.UnplugEvent.BackendClosing;
import org.xenledger.domain.event.UnplugEvent.DeviceClosed;
import org.xenledger.domain.event.XlEvent.XlEnded;
import org.xenledger.domain.event.XlEvent.XlSucceeded;
import org.xenledger.domain.event.XlEvent.XlWroteEntries;
import org.xenledger.domain.operation.EffectException;
import org.xenledger.domain.operation.Target;
import org.xenledger.domain.operation.Toolstack;
import org.xenledger.domain.operation.XlProgress;
import org.xenledger.domain.operation.XlSign;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.OperationState.Direction;
import org.xenledger.domain.template.Medium;

/** The steps of an operation that xl carries out, as far as xenstore and libxl-json show them. */
record XlSteps(Toolstack toolstack, Target target, DeviceState device, Supplier<Provenance> now) {
    /**
     * Whether what is there of a device that xl was to plug in is another one: then xl has found it there, and done nothing.
     * The same medium cannot be told from ours.
     */
    static boolean isOthers(Toolstack toolstack, Target target, DeviceState device) {
        Map<String, String> attributes = toolstack.attributes(target);
        return !attributes.isEmpty()
                && !Medium.difference(target.device(), device.entry(), attributes)
                        .isEmpty();
    }

    /** Waits for the next of them; the event that tells of it. */
    List<DeviceEvent> follow() {
        XlSign sign = awaited();
        XlProgress progress = toolstack.followXl(target, operation().script(), sign);
        if (sign == XlSign.WRITTEN && isOthers(toolstack, target, device)) {
            toolstack.followXl(target, operation().script(), XlSign.END);
            throw new EffectException(
                    target.device().display() + " is there already: somebody plugged it in meanwhile");
        }
        return List.of(
                switch (progress) {
                    case SHOWN -> shown(sign);
                    case SUCCEEDED -> new XlSucceeded(now.get(), operation().id(), target.life(), target.device());
                    case ENDED -> new XlEnded(now.get(), operation().id(), target.life(), target.device());
                });
    }

    private XlSign awaited() {
        boolean plug = operation().direction() == Direction.HOTPLUG;
        return switch (operation().due()) {
            case XL_RUNNING -> plug ? XlSign.WRITTEN : XlSign.CLOSING;
            case XL_WRITTEN -> XlSign.BACKEND_READY;
            case XL_CLOSING -> XlSign.CLOSED;
            default -> XlSign.END;
        };
    }

    private DeviceEvent shown(XlSign sign) {
        Provenance by = now.get();
        String id = operation().id();
        return switch (sign) {
            case WRITTEN -> new XlWroteEntries(by, id, target.life(), target.device(), toolstack.attributes(target));
            case BACKEND_READY -> new BackendReady(by, id, target.life(), target.device());
            case CLOSING -> new BackendClosing(by, id, target.life(), target.device());
            case CLOSED -> new DeviceClosed(by, id, target.life(), target.device());
            case END -> throw new IllegalStateException("an end is no sign");
        };
    }

    private OperationState operation() {
        return device.operation();
    }
}
