// SPDX-License-Identifier: Apache-2.0
package org.xenledger.toolstack.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Consumer;
import org.xenledger.domain.template.LibxlStyle;
import org.xenledger.toolstack.userdata.DomainFiles;
import org.xenledger.toolstack.userdata.DomainLock;

/** libxl's files about domains, as libxl leaves them: libxl__userdata_store and its lock. */
final class SimulatedUserdata {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;

    SimulatedUserdata(Path directory) {
        this.directory = directory;
    }

    /** Stores a new domain's first one. */
    void store(int domid, String uuid, ObjectNode template) {
        DomainFiles files = new DomainFiles(directory, domid, uuid);
        try {
            Path fresh = directory.resolve(files.data().getFileName().toString().replace("userdata-d.", "userdata-n."));
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, LibxlStyle.print(template) + "\n\0", StandardCharsets.UTF_8);
            Files.move(fresh, files.data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure(files, e);
        }
    }

    /** Does something under libxl's lock. Who dies meanwhile leaves the lock's file behind, which locks nobody out. */
    void locked(int domid, String uuid, Consumer<DomainLock> act) {
        DomainFiles files = new DomainFiles(directory, domid, uuid);
        try (DomainLock lock = DomainLock.acquire(files, PATIENCE, () -> true)) {
            act.accept(lock);
        } catch (DiedException death) {
            leaveLockFile(files);
            throw death;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SimulationException("interrupted while waiting for the lock of domain " + domid, e);
        }
    }

    private static void leaveLockFile(DomainFiles files) {
        try {
            Files.createFile(files.lock());
        } catch (IOException e) {
            throw failure(files, e);
        }
    }

    void delete(int domid, String uuid) {
        locked(domid, uuid, lock -> {
            DomainFiles files = new DomainFiles(directory, domid, uuid);
            try {
                Files.deleteIfExists(files.data());
            } catch (IOException e) {
                throw failure(files, e);
            }
        });
    }

    private static SimulationException failure(DomainFiles files, IOException e) {
        return new SimulationException("cannot write " + files.data() + ": " + e.getMessage(), e);
    }
}
