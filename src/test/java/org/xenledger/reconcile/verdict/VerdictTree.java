// SPDX-License-Identifier: Apache-2.0
package org.xenledger.reconcile.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.xenledger.domain.device.LiveCondition;
import org.xenledger.domain.device.Online;
import org.xenledger.domain.state.Origin;
import org.xenledger.domain.state.Phase;

/**
 * All verdicts as lines of ten columns, each a value, several ({@code A|B}) or {@code *} for any, and the verdict. Every
 * case fits exactly one line.
 */
final class VerdictTree {
    private static final List<Object> YES_NO = List.of(true, false);

    /** A column: its name, the values it takes and where a case has its value. */
    private record Column(String name, List<?> values, Function<DeviceCase, Object> of) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("owner", List.of(OwnerStatus.values()), DeviceCase::owner),
            new Column("phase", List.of(Phase.values()), DeviceCase::phase),
            new Column("live", List.of(LiveCondition.values()), DeviceCase::live),
            new Column("entry", List.of(TemplateEntry.values()), DeviceCase::entry),
            new Column("online", List.of(Online.values()), DeviceCase::online),
            new Column("origin", List.of(Origin.values()), DeviceCase::origin),
            new Column("script-due", YES_NO, DeviceCase::scriptDue),
            new Column("libxl-entry", YES_NO, DeviceCase::libxlEntry),
            new Column("past-grace", YES_NO, DeviceCase::pastGrace),
            new Column("past-deadline", YES_NO, DeviceCase::pastDeadline));

    private VerdictTree() {}

    static List<String> lines(List<DeviceCase> cases) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + String.join(" ", COLUMNS.stream().map(Column::name).toList()) + " = verdict");
        lines.addAll(lines(cases, 0));
        return lines;
    }

    private static List<String> lines(List<DeviceCase> cases, int depth) {
        if (depth == COLUMNS.size()) {
            return List.of("= " + DeviceJudge.judge(cases.get(0)));
        }
        Column column = COLUMNS.get(depth);
        Map<Object, List<DeviceCase>> byValue = new LinkedHashMap<>();
        column.values().forEach(value -> byValue.put(value, new ArrayList<>()));
        cases.forEach(c -> byValue.get(column.of().apply(c)).add(c));
        Map<List<String>, List<String>> valuesByRest = new LinkedHashMap<>();
        byValue.forEach((value, some) -> valuesByRest
                .computeIfAbsent(lines(some, depth + 1), rest -> new ArrayList<>())
                .add(value.toString()));
        List<String> lines = new ArrayList<>();
        valuesByRest.forEach((rest, values) -> {
            String head = values.size() == column.values().size() ? "*" : String.join("|", values);
            rest.forEach(line -> lines.add(head + " " + line));
        });
        return lines;
    }

    /** The verdict that lines give a case. */
    static List<String> verdicts(List<String> lines, DeviceCase c) {
        List<String> found = new ArrayList<>();
        for (String line : lines) {
            String[] cells = line.split(" ");
            boolean fits = !cells[0].equals("#");
            for (int i = 0; fits && i < COLUMNS.size(); i++) {
                String value = COLUMNS.get(i).of().apply(c).toString();
                fits = cells[i].equals("*") || List.of(cells[i].split("\\|")).contains(value);
            }
            if (fits) {
                found.add(cells[cells.length - 1]);
            }
        }
        return found;
    }
}
