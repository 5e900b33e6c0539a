// SPDX-License-Identifier: Apache-2.0
package org.xenledger.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.xenledger.app.operate.Ended;
import org.xenledger.app.operate.OperationException;
import org.xenledger.app.operate.Operator;
import org.xenledger.app.operate.Operator.Resumed;
import org.xenledger.domain.command.RefusedException;
import org.xenledger.domain.device.BackendPath;
import org.xenledger.domain.device.DeviceShape;
import org.xenledger.domain.event.UnplugEvent.UnplugTimedOut;
import org.xenledger.domain.operation.UnfinishedException;
import org.xenledger.domain.state.DeviceState;
import org.xenledger.domain.state.OperationState;
import org.xenledger.domain.state.OperationState.Direction;
import org.xenledger.domain.state.OperationState.Outcome;
import org.xenledger.ledger.LedgerException;
import org.xenledger.reconcile.Resumption;
import org.xenledger.reconcile.Stranded;

/** How operations ended, in lines or as JSON; and the exit status that says it. */
record OperationLines(Output output) {
    /** The one operation that was asked for. */
    int ended(Ended operation) {
        if (output.json()) {
            output.print(json(operation));
        } else {
            output.line(line(operation));
        }
        return status(operation);
    }

    /**
     * All that was taken up again, each when it has ended; and what cannot go on.
     *
     * @param stranded to be asked when all has ended
     */
    int resumed(List<Resumed> operations, Supplier<List<Stranded>> stranded) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        int worst = ExitStatus.OK;
        for (Resumed resumed : operations) {
            Ended ended;
            try {
                ended = Operator.endOf(resumed.end());
            } catch (OperationException | RefusedException | UnfinishedException e) {
                output.remark(e.getMessage() + " (" + resumed.resumption().reason() + ")");
                worst = ExitStatus.FAILED;
                continue;
            }
            array.add(json(ended).put("because", resumed.resumption().reason()));
            if (!output.json()) {
                output.line(line(ended) + " (" + resumed.resumption().reason() + ")");
            }
            boolean stuck = ended.state().operation().outcome() == Outcome.TIMED_OUT;
            worst = stuck ? ExitStatus.FAILED : worst;
        }
        List<Stranded> left = stranded.get();
        end(array, operations.isEmpty(), left);
        return left.isEmpty() ? worst : ExitStatus.FAILED;
    }

    private void end(ArrayNode array, boolean nothing, List<Stranded> stranded) {
        for (Stranded left : stranded) {
            array.addObject()
                    .put("stream", left.stream().value())
                    .put("device", left.device().toString())
                    .put("operation", left.operation().id())
                    .put("stays", left.reason());
            output.remark(left.stream().abbreviated() + "  " + left.device().display() + "  stays half done: "
                    + left.reason() + "  [operation " + left.operation().id() + "]");
        }
        if (output.json()) {
            output.print(array);
        } else if (nothing && stranded.isEmpty()) {
            output.line("nothing of ours is half done");
        }
    }

    /** As {@link #resumed}, beside the result of another command, whose success does not depend on it. */
    void resumedBeside(List<Resumed> operations) {
        for (Resumed resumed : operations) {
            String because = " (" + resumed.resumption().reason() + ")";
            try {
                output.remark(line(Operator.endOf(resumed.end())) + because);
            } catch (LedgerException | OperationException | RefusedException | UnfinishedException e) {
                output.remark(e.getMessage() + because);
            }
        }
    }

    /** What would be taken up again, with the paths that it would touch. */
    int planned(List<Resumption> resumptions, List<Stranded> stranded) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Resumption resumption : resumptions) {
            ObjectNode object = array.addObject()
                    .put("stream", resumption.stream().value())
                    .put("device", resumption.device().toString())
                    .put("operation", resumption.operation().id())
                    .put("step", resumption.step().name())
                    .put("because", resumption.reason());
            paths(resumption).forEach(object.putArray("paths")::add);
            if (!output.json()) {
                output.line(resumption.stream().abbreviated() + "  "
                        + resumption.device().display() + "  "
                        + resumption.step().words() + ", for "
                        + resumption.reason());
                paths(resumption).forEach(path -> output.line("    " + path));
            }
        }
        end(array, resumptions.isEmpty(), stranded);
        return stranded.isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private static List<String> paths(Resumption resumption) {
        int domid = resumption.life().domid();
        BackendPath backend = new BackendPath(
                0, resumption.device().kind().node(), domid, resumption.device().id());
        return new ArrayList<>(List.of(
                "/libxl/" + domid + "/device/" + resumption.device(),
                "/local/domain/" + domid + "/device/" + resumption.device(),
                backend.toString(),
                "userdata-d." + domid + "." + resumption.stream().value() + ".libxl-json"));
    }

    private static String line(Ended ended) {
        OperationState operation = ended.state().operation();
        return ended.stream().abbreviated() + "  " + ended.device().display() + "  " + words(ended, operation)
                + "  [operation " + operation.id() + "]";
    }

    private static String words(Ended ended, OperationState operation) {
        boolean plugged = operation.direction() == Direction.HOTPLUG;
        return switch (operation.outcome()) {
            case COMPLETED -> plugged ? "attached: " + live(ended) : "detached";
            case ROLLED_BACK -> "not attached, all was taken back: " + operation.reason();
            case TIMED_OUT -> "stuck: " + operation.reason() + advice(operation);
            case FAILED -> "failed: " + operation.reason();
            case OPEN -> operation.due().words();
        };
    }

    private static String advice(OperationState operation) {
        return operation.reason().startsWith(UnplugTimedOut.GUEST)
                ? "; `xenledger heal --force` takes it from the guest"
                : "; `xenledger check` shows how it stands";
    }

    private static String live(Ended ended) {
        DeviceState device = ended.state();
        DeviceShape shape = DeviceShape.of(ended.device().kind(), BackendPath.kindIn(device.attributes()));
        return shape.conditionOf(device.live()).words() + " (" + device.live().describe(shape) + ")";
    }

    private static ObjectNode json(Ended ended) {
        OperationState operation = ended.state().operation();
        return JsonNodeFactory.instance
                .objectNode()
                .put("stream", ended.stream().value())
                .put("device", ended.device().toString())
                .put("operation", operation.id())
                .put("direction", operation.direction().name().toLowerCase(Locale.ROOT))
                .put("outcome", operation.outcome().name().toLowerCase(Locale.ROOT))
                .put("reason", operation.reason())
                .put(
                        "live",
                        operation.outcome() == Outcome.COMPLETED
                                        && ended.state().live() != null
                                ? live(ended)
                                : "");
    }

    private static int status(Ended ended) {
        return ended.state().operation().outcome() == Outcome.COMPLETED ? ExitStatus.OK : ExitStatus.FAILED;
    }
}
