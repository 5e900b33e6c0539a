// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.xenledger.app.operate.Wiring;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.domain.operation.Toolstack;
import org.xenledger.ledger.Ledger;
import org.xenledger.toolstack.posix.Signals;

/**
 * Counts the moments at which a process can die: before and after every call of the port, and after every append, whichever
 * there are. At one of them the process kills itself, with a real SIGKILL.
 */
final class CrashPoints implements Wiring {
    private final String deadly;
    private final Runnable act;
    private final PrintStream out;
    private final AtomicInteger reached = new AtomicInteger();

    /** @param deadly the number of the point, from 1, or its name; 0 for none */
    CrashPoints(String deadly) {
        this(deadly, CrashPoints::die, System.out);
    }

    /** @param act what happens at the point instead of the end, each time it is reached */
    CrashPoints(String point, Runnable act) {
        this(point, act, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    private CrashPoints(String point, Runnable act, PrintStream out) {
        this.deadly = point;
        this.act = act;
        this.out = out;
    }

    /** How many points were passed. */
    int count() {
        return reached.get();
    }

    private void point(String name) {
        int number = reached.incrementAndGet();
        out.println("point " + number + " " + name);
        if (deadly.equals(name) || deadly.equals(Integer.toString(number))) {
            act.run();
        }
    }

    private static void die() {
        System.out.flush();
        Signals.kill(ProcessHandle.current().pid());
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Ledger around(Ledger ledger) {
        return proxy(Ledger.class, ledger, (method, result) -> {
            if (result instanceof List<?> recorded && !recorded.isEmpty()) {
                recorded.forEach(event -> out.println("acknowledged " + ((RecordedEvent) event).id()));
                RecordedEvent last = (RecordedEvent) recorded.get(recorded.size() - 1);
                point("after the append of " + last.event().getClass().getSimpleName());
            }
        });
    }

    @Override
    public Toolstack around(Toolstack toolstack) {
        return proxy(Toolstack.class, toolstack, (method, result) -> point("after " + method.getName()));
    }

    /** What is done when a call has returned. */
    private interface After {
        void call(Method method, Object result);
    }

    private <T> T proxy(Class<T> type, T target, After after) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (type == Toolstack.class) {
                point("before " + method.getName());
            }
            Object result;
            try {
                result = method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            after.call(method, result);
            return result;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
