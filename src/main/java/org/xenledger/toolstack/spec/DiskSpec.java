// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A disk in xl's words: xl-disk-configuration(5), as tools/libs/util/libxlu_disk_l.l reads it. Every form that xl takes is
 * taken and gives what xl gives, but for COLO replication, which is refused.
 */
public final class DiskSpec {
    private static final Set<String> FORMATS = Set.of("raw", "qcow", "qcow2", "vhd", "qed", "empty");
    private static final Set<String> BACKENDS = Set.of("phy", "tap", "qdisk", "standalone");
    private static final Set<String> SPECIFICATIONS = Set.of("xen", "virtio");
    private static final Map<String, Boolean> ACCESS = Map.of("r", false, "ro", false, "w", true, "rw", true, "", true);

    private final String spec;
    private final Entry entry = new Entry(Entry.DISK).flag("readwrite", true);
    private boolean deprecatedPrefix;
    private boolean accessGiven;

    private DiskSpec(String spec) {
        this.spec = spec;
    }

    /**
     * Reads the components of a disk, each with one or more parameters, as {@code xl block-attach} has them on its command
     * line.
     *
     * @return the entry that libxl would store: what was asked for, without libxl's defaults
     * @throws SpecException with one sentence that says what is wrong
     */
    public static ObjectNode parse(List<String> components) {
        DiskSpec disk = new DiskSpec(String.join(" ", components));
        components.forEach(component -> DiskScanner.scan(component, disk));
        return disk.finished();
    }

    private ObjectNode finished() {
        String target = entry.text("pdev_path");
        boolean cdrom = entry.has("is_cdrom");
        if (!entry.has("format")) {
            entry.text("format", "raw");
        }
        if (cdrom) {
            entry.flag("removable", true).flag("readwrite", false);
            if (target == null || target.isEmpty()) {
                entry.text("format", "empty");
            }
        }
        if (!entry.has("vdev")) {
            throw wrong("it has no vdev, such as vdev=xvdb");
        }
        if (target == null && !cdrom) {
            throw wrong("it has no target, such as target=/dev/vg/guest");
        }
        return entry.toJson();
    }

    void format(String value) {
        choose("format", value.isEmpty() ? "raw" : value, FORMATS);
    }

    void backendType(String value) {
        choose("backend", value, BACKENDS);
    }

    void specification(String value) {
        choose("specification", value, SPECIFICATIONS);
    }

    void access(String value) {
        Boolean writable = ACCESS.get(value);
        if (writable == null) {
            throw wrong("unknown access \"" + value + "\", give r or w");
        }
        entry.flag("readwrite", writable);
    }

    void devtype(String value) {
        switch (value) {
            case "cdrom" -> entry.flag("is_cdrom", true);
            case "disk" -> entry.flag("is_cdrom", false);
            default -> throw wrong("unknown devtype \"" + value + "\", give cdrom or disk");
        }
    }

    void directIoSafe() {
        entry.bool("direct_io_safe");
    }

    void choice(String key, boolean value) {
        entry.defbool(key, value);
    }

    /** An empty text may be given again, any other only once. */
    void save(String key, String value) {
        if (entry.has(key) && !entry.text(key).isEmpty()) {
            throw wrong(Map.of("pdev_path", "target", "backend_domname", "backend")
                            .getOrDefault(key, key) + " is given twice, the second time as \"" + value + "\"");
        }
        entry.text(key, value);
    }

    void deprecatedPrefix() {
        deprecatedPrefix = true;
    }

    /** A parameter without a name is the first of target, format, vdev and access that is still missing. */
    void positional(String value) {
        if (!entry.has("pdev_path")) {
            save("pdev_path", value);
        } else if (!deprecatedPrefix && !entry.has("format")) {
            if (entry.text("pdev_path").isEmpty() && vdevAndDevtype(value)) {
                entry.text("format", "empty");
            } else {
                format(value);
            }
        } else if (!entry.has("vdev")) {
            if (!vdevAndDevtype(value)) {
                save("vdev", value);
            }
        } else if (!accessGiven) {
            accessGiven = true;
            access(value);
        } else {
            throw wrong("nothing is left that \"" + value + "\" could stand for");
        }
    }

    /** The deprecated {@code hdc:cdrom}. */
    private boolean vdevAndDevtype(String value) {
        int colon = value.lastIndexOf(':');
        if (colon < 0) {
            return false;
        }
        save("vdev", value.substring(0, colon));
        devtype(value.substring(colon + 1));
        return true;
    }

    SpecException wrong(String reason) {
        return new SpecException(
                "the disk \"" + spec + "\" cannot be understood: " + reason + "; see xl-disk-configuration(5)");
    }

    private void choose(String key, String value, Set<String> known) {
        if (!known.contains(value)) {
            throw wrong("unknown " + key + " \"" + value + "\", give one of "
                    + known.stream().sorted().toList());
        }
        if (entry.has(key) && !entry.text(key).equals(value)) {
            throw wrong(key + " is given twice, as " + entry.text(key) + " and as " + value);
        }
        entry.text(key, value);
    }
}
