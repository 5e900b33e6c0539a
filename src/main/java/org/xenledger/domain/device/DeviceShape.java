// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

/**
 * What a device of one kind and backend consists of when libxl made it: tools/libs/light/libxl_device.c and the
 * {@code libxl_<kind>.c} of each kind.
 *
 * @param libxlEntry whether {@code /libxl/<d>/device/<kind>/<id>} must exist
 * @param backend whether a backend directory must exist
 * @param script whether a hotplug script must report success
 * @param templateEntry whether libxl-json has an entry that can be told apart, also after a hot-add
 * @param statesMove whether the two ends step through the xenbus states; a console stays at 1 and is in order
 * @param stepMachine whether we can plug and unplug it ourselves
 */
public record DeviceShape(
        boolean libxlEntry,
        boolean backend,
        boolean script,
        boolean templateEntry,
        boolean statesMove,
        boolean stepMachine) {
    private static final DeviceShape PLUGGABLE = new DeviceShape(true, true, true, true, true, true);
    private static final DeviceShape SCRIPTED = new DeviceShape(true, true, true, true, true, false);
    private static final DeviceShape PLAIN = new DeviceShape(true, true, false, true, true, false);
    private static final DeviceShape WITHOUT_ENTRY = new DeviceShape(true, true, false, false, true, false);
    private static final DeviceShape CONSOLE = new DeviceShape(true, true, false, false, false, false);
    private static final DeviceShape PCI = new DeviceShape(false, true, false, true, true, false);
    private static final DeviceShape EMULATED = new DeviceShape(true, false, false, true, false, false);

    /**
     * The shape of a kind.
     *
     * @param backendKind the backend's directory name ({@code vbd}, {@code vbd3}, {@code qdisk} ...); empty where the
     *     device has no backend, as a USB controller of the device model
     */
    public static DeviceShape of(DeviceKind kind, String backendKind) {
        return switch (kind) {
            case VBD ->
                switch (backendKind) {
                    case "vbd3" -> SCRIPTED;
                    case "qdisk" -> PLAIN;
                    default -> PLUGGABLE;
                };
            case VIF -> PLUGGABLE;
            case VIRTIO_DISK, VTPM, VDISPL, VSND -> PLAIN;
            case VUSB -> backendKind.isEmpty() ? EMULATED : PLAIN;
            case PCI -> PCI;
            case VIRTIO, NINE_PFS, VKBD, VFB, PVCALLS -> WITHOUT_ENTRY;
            case CONSOLE, VUART -> CONSOLE;
        };
    }

    /** How a device of this shape stands. */
    public LiveCondition conditionOf(LiveDevice live) {
        if (!live.libxlEntry() && !live.backendPath()) {
            return LiveCondition.ABSENT;
        }
        if ((libxlEntry && !live.libxlEntry()) || (backend && !live.backendPath())) {
            return LiveCondition.PARTIAL;
        }
        if (script && live.script() == ScriptStatus.FAILED) {
            return LiveCondition.SCRIPT_FAILED;
        }
        return statesMove ? byStates(live) : LiveCondition.CONNECTED;
    }

    /** Whether nothing more needs to be done for it: also a device that only waits for its guest is in order. */
    public boolean inOrder(LiveDevice live) {
        LiveCondition condition = conditionOf(live);
        boolean scriptDone = !script || live.script() == ScriptStatus.SUCCEEDED;
        return live.online() != Online.NO
                && scriptDone
                && (condition == LiveCondition.CONNECTED || condition == LiveCondition.READY);
    }

    private static LiveCondition byStates(LiveDevice live) {
        XenbusState back = live.backend();
        XenbusState front = live.frontend();
        if (back == XenbusState.CLOSED) {
            return LiveCondition.CLOSED;
        }
        if (back == XenbusState.CLOSING || front == XenbusState.CLOSING || front == XenbusState.CLOSED) {
            return LiveCondition.CLOSING;
        }
        return switch (back) {
            case UNKNOWN, INITIALISING -> LiveCondition.INITIALISING;
            case INIT_WAIT, INITIALISED -> LiveCondition.READY;
            default -> front == XenbusState.CONNECTED ? LiveCondition.CONNECTED : LiveCondition.READY;
        };
    }
}
