// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.xenledger.toolstack.device.DeviceNodes.Node;
import org.xenledger.xenstore.wire.XenstorePermission;

/** What a captured xl wrote for one device, from its {@code xl-calls.txt}: every call of libxenstore, in order. */
final class XlCalls {
    private static final Path CAPTURES = Path.of("src/test/resources/captures");
    private static final Pattern WRITE =
            Pattern.compile(".* xl\\[\\d+] xs_write\\(t[1-9]\\d*, (\\S+), \"(.*)\"\\) = ok");
    private static final Pattern MKDIR = Pattern.compile(".* xl\\[\\d+] xs_mkdir\\(t[1-9]\\d*, (\\S+)\\) = ok");
    private static final Pattern PERMISSIONS =
            Pattern.compile(".* xl\\[\\d+] xs_set_permissions\\(t[1-9]\\d*, (\\S+), \\((.*)\\)\\) = ok");

    private XlCalls() {}

    static List<Node> nodes(String file, DeviceNodes expected) throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(CAPTURES.resolve(file))) {
            Matcher permissions = PERMISSIONS.matcher(line);
            Optional<Node> node = node(line);
            if (node.filter(any -> isOf(any.path(), expected)).isPresent()) {
                nodes.add(node.get());
            } else if (permissions.matches() && isOf(permissions.group(1), expected)) {
                Node last = nodes.remove(nodes.size() - 1);
                if (!last.path().equals(permissions.group(1))) {
                    throw new IllegalStateException(line);
                }
                nodes.add(new Node(last.path(), last.value(), parse(permissions.group(2))));
            }
        }
        return nodes;
    }

    private static Optional<Node> node(String line) {
        Matcher write = WRITE.matcher(line);
        if (write.matches()) {
            return Optional.of(new Node(write.group(1), write.group(2), List.of()));
        }
        Matcher mkdir = MKDIR.matcher(line);
        return mkdir.matches() ? Optional.of(new Node(mkdir.group(1), "", List.of())) : Optional.empty();
    }

    private static boolean isOf(String path, DeviceNodes device) {
        return Stream.of(
                        device.libxlEntry(), device.frontend(), device.backend().toString())
                .anyMatch(top -> path.equals(top) || path.startsWith(top + "/"));
    }

    private static List<XenstorePermission> parse(String permissions) {
        return Stream.of(permissions.split(","))
                .map(text -> XenstorePermission.parse(text).orElseThrow())
                .toList();
    }
}
