// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.xenledger.app.operate.Wiring;
import org.xenledger.domain.command.DomainCommand;
import org.xenledger.domain.device.LiveDevice;
import org.xenledger.domain.event.RecordedEvent;
import org.xenledger.domain.operation.PlannedNode;
import org.xenledger.domain.operation.ScriptAction;
import org.xenledger.domain.operation.ScriptProcess;
import org.xenledger.domain.operation.Target;
import org.xenledger.domain.operation.Toolstack;
import org.xenledger.ledger.Ledger;
import org.xenledger.ledger.LedgerReader;
import org.xenledger.toolstack.posix.Signals;

/**
 * Counts the moments at which a process can die: before and after every call of the port, and after every append, whichever
 * there are. At one of them the process kills itself, with a real SIGKILL.
 */
final class CrashPoints implements Wiring {
    private final String deadly;
    private final AtomicInteger reached = new AtomicInteger();

    /** @param deadly the number of the point, from 1, or its name; 0 for none */
    CrashPoints(String deadly) {
        this.deadly = deadly;
    }

    /** How many points were passed. */
    int count() {
        return reached.get();
    }

    private void point(String name) {
        int number = reached.incrementAndGet();
        System.out.println("point " + number + " " + name);
        if (deadly.equals(name) || deadly.equals(Integer.toString(number))) {
            System.out.flush();
            Signals.kill(ProcessHandle.current().pid());
            sleepForEver();
        }
    }

    private static void sleepForEver() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T call(String name, Supplier<T> work) {
        point("before " + name);
        T result = work.get();
        point("after " + name);
        return result;
    }

    private void run(String name, Runnable work) {
        call(name, () -> {
            work.run();
            return null;
        });
    }

    @Override
    public Ledger around(Ledger ledger) {
        return new Ledger() {
            @Override
            public List<RecordedEvent> handleAll(List<DomainCommand> commands) {
                List<RecordedEvent> recorded = ledger.handleAll(commands);
                recorded.forEach(event -> System.out.println("acknowledged " + event.id()));
                if (!recorded.isEmpty()) {
                    point("after the append of "
                            + recorded.get(recorded.size() - 1)
                                    .event()
                                    .getClass()
                                    .getSimpleName());
                }
                return recorded;
            }

            @Override
            public long durablePosition() {
                return ledger.durablePosition();
            }

            @Override
            public LedgerReader reader() {
                return ledger.reader();
            }

            @Override
            public Thread shutdownHook() {
                return ledger.shutdownHook();
            }

            @Override
            public void close() {
                ledger.close();
            }
        };
    }

    @Override
    public Toolstack around(Toolstack toolstack) {
        return new Toolstack() {
            @Override
            public void writeEntries(Target target, ObjectNode entry, List<PlannedNode> nodes) {
                run("writeEntries", () -> toolstack.writeEntries(target, entry, nodes));
            }

            @Override
            public void awaitBackend(Target target) {
                run("awaitBackend", () -> toolstack.awaitBackend(target));
            }

            @Override
            public Optional<ScriptProcess> prepareScript(Target target, ScriptAction action) {
                return call("prepareScript", () -> toolstack.prepareScript(target, action));
            }

            @Override
            public void runScript(Target target, ScriptProcess script) {
                run("runScript", () -> toolstack.runScript(target, script));
            }

            @Override
            public LiveDevice awaitFrontend(Target target) {
                return call("awaitFrontend", () -> toolstack.awaitFrontend(target));
            }

            @Override
            public boolean closeBackend(Target target) {
                return call("closeBackend", () -> toolstack.closeBackend(target));
            }

            @Override
            public boolean awaitClosed(Target target, boolean shared) {
                return call("awaitClosed", () -> toolstack.awaitClosed(target, shared));
            }

            @Override
            public void forceClose(Target target) {
                run("forceClose", () -> toolstack.forceClose(target));
            }

            @Override
            public void removeEntries(Target target, ObjectNode replaced) {
                run("removeEntries", () -> toolstack.removeEntries(target, replaced));
            }

            @Override
            public Optional<LiveDevice> look(Target target) {
                return call("look", () -> toolstack.look(target));
            }
        };
    }
}
