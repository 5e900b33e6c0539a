// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.spec;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a disk specification apart by the rules of tools/libs/util/libxlu_disk_l.l. It is written for flex: of all rules
 * the one that matches most text wins, of equal ones the first. A rule may look ahead (its second group), which counts
 * as matched and is read again.
 */
final class DiskScanner {
    private static final List<Rule> RULES = List.of(
            rule("([ \\t\\n]+)((?:[^ \\t\\n].*)?)", (disk, text) -> {}),
            value("format", DiskSpec::format),
            flag("cdrom", disk -> disk.devtype("cdrom")),
            value("devtype", DiskSpec::devtype),
            value("access", DiskSpec::access),
            value("backend", (disk, text) -> disk.save("backend_domname", text)),
            value("backendtype", DiskSpec::backendType),
            value("specification", DiskSpec::specification),
            value("vdev", (disk, text) -> disk.save("vdev", text)),
            value("script", (disk, text) -> disk.save("script", text)),
            flag("direct-io-safe", DiskSpec::directIoSafe),
            flag("discard", disk -> disk.choice("discard_enable", true)),
            flag("no-discard", disk -> disk.choice("discard_enable", false)),
            flag("trusted", disk -> disk.choice("trusted", true)),
            flag("untrusted", disk -> disk.choice("trusted", false)),
            flag("grant_usage=1", disk -> disk.choice("grant_usage", true)),
            flag("grant_usage=0", disk -> disk.choice("grant_usage", false)),
            rule(
                    "((?:no-)?colo,?|(?:colo-host|colo-port|colo-export|active-disk|hidden-disk)=[^,]*,?)()",
                    (disk, text) -> {
                        throw disk.wrong("COLO replication is not supported, plug such a disk with xl");
                    }),
            rule(
                    "(target=.*)()",
                    (disk, text) -> disk.save("pdev_path", withoutComma(text.substring("target=".length())))),
            rule("([a-z][-a-z0-9]*=[^,],?)()", DiskScanner::unknownParameter),
            prefix("raw|qcow2?|vhd", DiskSpec::format),
            prefix("iscsi|e?nbd|drbd", (disk, text) -> disk.save("script", "block-" + text)),
            prefix("tapdisk|tap2?|aio|ioemu|file|phy", (disk, text) -> {}),
            rule("([a-z][a-z0-9]*:)((?:[^a-z0-9].*)?)", (disk, text) -> {
                throw disk.wrong("unknown prefix \"" + text + "\"");
            }),
            rule("([^=,]*,|[^=,]+,?)()", (disk, text) -> disk.positional(withoutComma(text))));

    private DiskScanner() {}

    /** Tells the disk each parameter, in order. */
    static void scan(String spec, DiskSpec disk) {
        int at = 0;
        while (at < spec.length()) {
            Rule best = null;
            int longest = 0;
            int token = 0;
            for (Rule rule : RULES) {
                Matcher matcher = rule.pattern.matcher(spec).region(at, spec.length());
                if (matcher.lookingAt() && matcher.end() - at > longest) {
                    best = rule;
                    longest = matcher.end() - at;
                    token = matcher.end(1);
                }
            }
            if (best == null) {
                unknownParameter(disk, spec.substring(at));
            } else {
                best.action.accept(disk, spec.substring(at, token));
            }
            at = token;
        }
    }

    private static void unknownParameter(DiskSpec disk, String text) {
        throw disk.wrong("unknown parameter at \"" + text + "\"");
    }

    private static Rule value(String name, BiConsumer<DiskSpec, String> action) {
        return rule(
                "(" + name + "=[^,]*,?)()",
                (disk, text) -> action.accept(disk, withoutComma(text.substring(name.length() + 1))));
    }

    private static Rule flag(String name, Consumer<DiskSpec> action) {
        return rule("(" + name + ",?)()", (disk, text) -> action.accept(disk));
    }

    private static Rule prefix(String names, BiConsumer<DiskSpec, String> action) {
        return rule("((?:" + names + "):)(.*)", (disk, text) -> {
            disk.deprecatedPrefix();
            action.accept(disk, text.substring(0, text.length() - 1));
        });
    }

    private static Rule rule(String pattern, BiConsumer<DiskSpec, String> action) {
        return new Rule(Pattern.compile(pattern, Pattern.UNIX_LINES), action);
    }

    private static String withoutComma(String text) {
        return text.endsWith(",") ? text.substring(0, text.length() - 1) : text;
    }

    private record Rule(Pattern pattern, BiConsumer<DiskSpec, String> action) {}
}
