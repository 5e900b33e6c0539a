// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.server;

import java.util.List;

/** The commands of xenstore-control that mean something here: tools/xenstored/control.c. */
final class ControlRequests {
    private static final String HELP = """
            check\t
            log\ton|off
            print\t<string>
            quota\t[set <name> <val>|<domid>]
            help\t
            """;

    private final Domains domains;
    private final Quotas quotas;

    ControlRequests(Domains domains, Quotas quotas) {
        this.domains = domains;
        this.quotas = quotas;
    }

    void control(Call call) {
        List<String> strings = call.atLeast(1);
        List<String> arguments = strings.subList(1, strings.size());
        switch (strings.get(0)) {
            case "check" -> acknowledge(call, arguments.isEmpty());
            // as a daemon that was given no file to log to
            case "log" -> acknowledge(call, arguments.equals(List.of("on")) || arguments.equals(List.of("off")));
            case "print" -> acknowledge(call, arguments.size() == 1);
            case "quota" -> quota(call, arguments);
            case "help" -> reply(call, arguments.isEmpty(), HELP);
            default -> throw new Refusal(Errno.EINVAL);
        }
    }

    private static void acknowledge(Call call, boolean valid) {
        reply(call, valid, "OK");
    }

    private static void reply(Call call, boolean valid, String text) {
        if (!valid) {
            throw new Refusal(Errno.EINVAL);
        }
        call.reply(text + '\0');
    }

    private void quota(Call call, List<String> arguments) {
        if (arguments.isEmpty()) {
            call.reply(quotas.format() + '\0');
        } else if (arguments.get(0).equals("set")) {
            boolean valid = arguments.size() == 3 && Numbers.atoi(arguments.get(2)) > 0;
            Quotas.Kind kind =
                    Quotas.Kind.of(valid ? arguments.get(1) : "").orElseThrow(() -> new Refusal(Errno.EINVAL));
            quotas.set(kind, Numbers.atoi(arguments.get(2)));
            call.acknowledge();
        } else if (arguments.size() == 1) {
            call.reply(used(Numbers.atoi(arguments.get(0))) + '\0');
        } else {
            throw new Refusal(Errno.EINVAL);
        }
    }

    private String used(int domid) {
        Domain domain = domains.find(domid);
        if (domain == null) {
            throw new Refusal(Errno.ENOENT);
        }
        return "Domain " + Integer.toUnsignedString(domid) + ":\n"
                + line("nodes", domain.nodes)
                + line("watches", domain.watches)
                + line("transactions", domain.transactions)
                + line("outstanding", domain.outstanding)
                + line("memory", domain.memory);
    }

    private static String line(String name, long value) {
        return String.format("%-16s: %8d\n", name, value);
    }
}
