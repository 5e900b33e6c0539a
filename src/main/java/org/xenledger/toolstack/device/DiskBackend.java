// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xenledger.toolstack.spec.SpecException;

/**
 * Who serves a disk, and how libxl chooses it: libxl__device_disk_set_backend and disk_try_backend in libxl_device.c,
 * libxl__device_disk_setdefault in libxl_disk.c.
 */
public enum DiskBackend {
    PHY,
    QDISK,
    TAP,
    STANDALONE;

    /** What stat(2) says of a target. */
    public enum Target {
        /** There is nothing of that name. */
        MISSING,
        /** A block device, or a file that the block script can put a loop device on. */
        DISK,
        OTHER
    }

    private static final int DOMAIN_0 = 0;
    private static final Set<String> TAP_FORMATS = Set.of("raw", "vhd");

    /**
     * The backend that libxl would take for an entry.
     *
     * @param backendDomid the domain that the entry's {@code backend_domname} names, else 0
     * @param look looks at a target of this host; called only where libxl looks
     * @throws SpecException when no backend can serve it
     */
    public static DiskBackend of(ObjectNode entry, int backendDomid, GuestType guest, Function<String, Target> look) {
        String asked = entry.path("backend").asText("");
        boolean cdrom = entry.path("is_cdrom").asInt() != 0;
        if (asked.isEmpty() && cdrom && guest == GuestType.HVM) {
            asked = "qdisk";
        }
        if (cdrom && guest == GuestType.HVM && !Set.of("qdisk", "phy").contains(asked)) {
            throw unsuitable(entry, "a CD drive of an HVM guest needs backendtype qdisk or phy");
        }
        checkEmpty(entry, cdrom);
        boolean looked = looks(entry, asked, backendDomid);
        Target target = looked ? look.apply(entry.path("pdev_path").asText("")) : Target.OTHER;
        if (target == Target.MISSING) {
            throw unsuitable(entry, "there is no " + entry.path("pdev_path").asText(""));
        }
        String wanted = asked;
        return candidates(wanted)
                .filter(backend -> backend.canServe(entry, cdrom, backendDomid, target))
                .findFirst()
                .orElseThrow(() -> unsuitable(
                        entry,
                        wanted.isEmpty()
                                ? "no backend can serve it"
                                : "its backendtype " + wanted + " cannot serve it"));
    }

    private static boolean looks(ObjectNode entry, String asked, int backendDomid) {
        return !entry.path("format").asText("").equals("empty")
                && Set.of("", "phy", "standalone").contains(asked)
                && backendDomid == DOMAIN_0
                && !entry.has("script");
    }

    private static Stream<DiskBackend> candidates(String asked) {
        return Stream.of(values())
                .filter(backend -> asked.isEmpty() || backend.word().equals(asked));
    }

    private boolean canServe(ObjectNode entry, boolean cdrom, int backendDomid, Target target) {
        String format = entry.path("format").asText("");
        boolean script = entry.has("script");
        boolean virtio = entry.path("specification").asText("").equals("virtio");
        if (virtio != (this == STANDALONE)) {
            return false;
        }
        return switch (this) {
            case PHY ->
                (cdrom && format.equals("empty"))
                        || (format.equals("raw") && (backendDomid != DOMAIN_0 || script || target == Target.DISK));
            case TAP -> TAP_FORMATS.contains(format);
            case QDISK -> !script;
            case STANDALONE -> format.equals("raw") && !script && (backendDomid != DOMAIN_0 || target == Target.DISK);
        };
    }

    private static void checkEmpty(ObjectNode entry, boolean cdrom) {
        if (entry.path("format").asText("").equals("empty")) {
            if (!cdrom) {
                throw unsuitable(entry, "it is empty, and no CD drive");
            }
            if (!entry.path("pdev_path").asText("").isEmpty()) {
                throw unsuitable(entry, "its format is empty, and it has a target");
            }
        }
    }

    /** The name in libxl-json and in a specification's {@code backendtype}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static SpecException unsuitable(ObjectNode entry, String reason) {
        return new SpecException("the disk " + entry.path("vdev").asText("") + " cannot be plugged in: " + reason);
    }
}
