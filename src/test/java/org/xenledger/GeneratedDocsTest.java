// SPDX-License-Identifier: Apache-2.0
package org.xenledger;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.domain.event.Revision;
import org.xenledger.domain.operation.Step;
import org.xenledger.domain.state.OperationState.Direction;
import org.xenledger.domain.state.StepMachine;
import org.xenledger.reconcile.verdict.DeviceVerdict;
import org.xenledger.reconcile.verdict.DomainVerdict;
import org.xenledger.reconcile.verdict.Severity;

/** The tables in docs/ are those of the code; {@code -Dapprove=true} writes them. */
class GeneratedDocsTest {
    @Test
    void theEventsAreThoseInTheDocs() throws IOException {
        Map<Class<?>, List<Class<? extends DomainEvent>>> groups = new LinkedHashMap<>();
        DomainEvent.kinds()
                .forEach(kind -> groups.computeIfAbsent(kind.getInterfaces()[0], group -> new ArrayList<>())
                        .add(kind));
        List<String> lines = new ArrayList<>();
        groups.forEach((group, kinds) -> {
            lines.addAll(List.of("", "## " + group.getSimpleName(), ""));
            lines.addAll(List.of("| event | revision | fields |", "|---|---|---|"));
            kinds.forEach(kind ->
                    lines.add("| " + kind.getSimpleName() + " | " + revision(kind) + " | " + fields(kind) + " |"));
        });
        lines.add("");
        Approved.compareBetweenComments("docs/events.md", lines);
    }

    @Test
    void theVerdictsAreThoseInTheDocs() throws IOException {
        List<String> lines = new ArrayList<>(List.of("", "## Domains", ""));
        lines.addAll(List.of("| verdict | kind | words |", "|---|---|---|"));
        for (DomainVerdict verdict : DomainVerdict.values()) {
            lines.add("| " + verdict + " | " + words(verdict.severity()) + " | " + verdict.words() + " |");
        }
        lines.addAll(List.of("", "## Devices", "", "| row | verdict | kind | words |", "|---|---|---|---|"));
        Stream.of(DeviceVerdict.values())
                .sorted(Comparator.comparingInt(DeviceVerdict::row))
                .forEach(verdict -> lines.add("| " + (verdict.row() == 0 ? "" : verdict.row()) + " | " + verdict + " | "
                        + words(verdict.severity()) + " | " + verdict.words() + " |"));
        lines.add("");
        Approved.compareBetweenComments("docs/healing.md", lines);
    }

    @Test
    void theStepsAreThoseInTheDocs() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            boolean plug = direction == Direction.HOTPLUG;
            lines.addAll(List.of("", "## " + (plug ? "Hotplug" : "Unplug"), "", "```mermaid", "stateDiagram-v2"));
            lines.add(plug ? "    [*] --> WRITING: HotplugStarted" : "    [*] --> CLOSE_DUE: UnplugStarted");
            if (!plug) {
                lines.add("    [*] --> FORCING: UnplugStarted, force");
            }
            StepMachine.of(direction)
                    .forEach(row -> lines.add("    " + row.state() + " --> " + row.next() + ": "
                            + row.event().getSimpleName()));
            lines.add("```");
        }
        lines.addAll(List.of("", "## States", "", "| state | effect | words |", "|---|---|---|"));
        for (Step step : Step.values()) {
            lines.add("| " + step + " | " + step.effect() + " | " + step.words() + " |");
        }
        lines.add("");
        Approved.compareBetweenComments("docs/steps.md", lines);
    }

    private static int revision(Class<?> kind) {
        Revision revision = kind.getAnnotation(Revision.class);
        return revision == null ? 1 : revision.value();
    }

    private static String fields(Class<?> kind) {
        return Arrays.stream(kind.getRecordComponents())
                .map(field -> "`" + field.getName() + "` " + type(field))
                .collect(Collectors.joining(", "));
    }

    /** The type's name without its packages. */
    private static String type(RecordComponent field) {
        Type type = field.getGenericType();
        return type.getTypeName().replaceAll("[a-z][a-z0-9]*\\.", "");
    }

    private static String words(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
