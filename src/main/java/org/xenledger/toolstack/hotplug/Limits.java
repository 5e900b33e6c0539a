// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.hotplug;

import java.time.Duration;
import java.util.Optional;

/**
 * How long each wait may take; {@link #LIBXL} are libxl's own (libxl_internal.h).
 *
 * @param backend for the backend to be ready, LIBXL_INIT_TIMEOUT
 * @param script for a script, from its start, LIBXL_HOTPLUG_TIMEOUT
 * @param frontend for the guest to connect; libxl does not wait
 * @param close for the guest to let go, LIBXL_DESTROY_TIMEOUT
 * @param lock for libxl's lock on the domain's configuration; libxl waits for ever
 */
public record Limits(Duration backend, Duration script, Duration frontend, Duration close, Duration lock) {
    public static final Limits LIBXL = new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(40),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));

    /** The same with another limit for one of these, by its name; empty where there is none of that name. */
    public Optional<Limits> with(String name, Duration limit) {
        return switch (name) {
            case "backend" -> Optional.of(new Limits(limit, script, frontend, close, lock));
            case "script" -> Optional.of(new Limits(backend, limit, frontend, close, lock));
            case "frontend" -> Optional.of(new Limits(backend, script, limit, close, lock));
            case "close" -> Optional.of(new Limits(backend, script, frontend, limit, lock));
            case "lock" -> Optional.of(new Limits(backend, script, frontend, close, limit));
            default -> Optional.empty();
        };
    }

    /** As long as all of them together: a process that still works on an operation after that is stuck. */
    public Duration whole() {
        return backend.plus(script).plus(frontend).plus(close).plus(lock).plus(script);
    }
}
