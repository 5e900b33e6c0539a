// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.xenledger.domain.device.DeviceKey;

/** How the simulated host misbehaves; nowhere, until it is told. For any number of threads. */
public final class Knobs {
    private record Place(DeviceEnd end, int domid, DeviceKey device) {}

    private final Map<DeviceEnd, Conduct> standards = new ConcurrentHashMap<>(new EnumMap<>(DeviceEnd.class));
    private final Map<Place, Conduct> conducts = new ConcurrentHashMap<>();
    private volatile Script.Outcome script = Script.Outcome.SUCCESS;
    private volatile Duration patience = Duration.ofSeconds(10);
    private volatile Optional<Step> death = Optional.empty();

    /** How all ends of this kind behave for which nothing else is said. */
    public void all(DeviceEnd end, Conduct conduct) {
        standards.put(end, conduct);
    }

    public void one(DeviceEnd end, int domid, DeviceKey device, Conduct conduct) {
        conducts.put(new Place(end, domid, device), conduct);
    }

    /** Lets hotplug scripts fail with this text, or none with an empty one. */
    public void scriptError(String text) {
        script = new Script.Outcome(text);
    }

    /** Lets the next act of libxl die after this step, and that one only. */
    public void dieAfter(Step step) {
        death = Optional.of(step);
    }

    /** How long libxl waits for a backend, ten seconds where nothing else is said: LIBXL_INIT_TIMEOUT. */
    public void patience(Duration time) {
        patience = time;
    }

    Duration patience() {
        return patience;
    }

    Conduct of(DeviceEnd end, int domid, DeviceKey device) {
        return conducts.getOrDefault(new Place(end, domid, device), standards.getOrDefault(end, Conduct.PROMPT));
    }

    Script.Outcome script() {
        return script;
    }

    void reached(Step step) {
        if (death.filter(step::equals).isPresent()) {
            death = Optional.empty();
            throw new DiedException(step);
        }
    }
}
