// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.userdata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.xenledger.domain.device.DeviceKey;
import org.xenledger.domain.device.DeviceKind;
import org.xenledger.domain.template.DeviceEntries;
import org.xenledger.domain.template.LosslessJson;

/** A captured libxl-json file of domain 1, to be changed. */
final class Userdata {
    static final String UUID = "5814e8a6-6120-43fd-bb68-051553960d55";
    static final Path CAPTURES = Path.of("src/test/resources/captures");

    /** The disk that the writer in C changes, and the one that we change. */
    static final DeviceKey THEIRS = new DeviceKey(DeviceKind.VBD, 51744);

    static final DeviceKey OURS = new DeviceKey(DeviceKind.VBD, 51760);

    private Userdata() {}

    static DomainFiles in(Path directory) throws IOException {
        DomainFiles files = new DomainFiles(directory, 1, UUID);
        Files.copy(captured("a-create/after"), files.data());
        return files;
    }

    static Path captured(String moment) {
        return CAPTURES.resolve(moment).resolve("userdata/userdata-d.1." + UUID + ".libxl-json");
    }

    static ObjectNode disk(String path, String vdev) {
        ObjectNode entry = (ObjectNode) LosslessJson.parse("{\"format\":\"raw\",\"readwrite\":1}");
        return entry.put("pdev_path", path).put("vdev", vdev);
    }

    /** The number in our entry's {@code /ours/N}; -1 where there is none. */
    static long ours(ObjectNode tree) {
        List<ObjectNode> entries = DeviceEntries.of(tree, OURS);
        return entries.isEmpty()
                ? -1
                : Long.parseLong(entries.get(0).get("pdev_path").asText().substring("/ours/".length()));
    }

    static ObjectNode withOurs(ObjectNode tree, long number) {
        return DeviceEntries.with(tree, OURS, List.of(disk("/ours/" + number, "xvdd")));
    }
}
