// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.power;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.h2.store.fs.FilePathWrapper;
import org.h2.store.fs.async.FilePathAsync;

/** H2's way to a {@link Disk}, in the place of its file system {@code async:}. */
public final class DiskFilePath extends FilePathWrapper {
    private static final FilePathAsync H2 = new FilePathAsync();

    @Override
    public String getScheme() {
        return H2.getScheme();
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        Optional<Disk> disk = Disks.of(path());
        return disk.isPresent()
                ? disk.get().open(path(), () -> H2.getPath(name).open(mode))
                : H2.getPath(name).open(mode);
    }

    @Override
    public void delete() {
        change((disk, action) -> disk.delete(path(), action), super::delete);
    }

    @Override
    public void moveTo(org.h2.store.fs.FilePath newName, boolean atomicReplace) {
        change(
                (disk, action) -> disk.move(path(), ((DiskFilePath) newName).path(), action),
                () -> super.moveTo(newName, atomicReplace));
    }

    private interface OnDisk {
        void run(Disk disk, Disk.Action<?> action) throws IOException;
    }

    private void change(OnDisk onDisk, Runnable action) {
        Optional<Disk> disk = Disks.of(path());
        if (disk.isEmpty()) {
            action.run();
            return;
        }
        try {
            onDisk.run(disk.get(), () -> {
                action.run();
                return null;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path() {
        return Path.of(name.substring(getPrefix().length()));
    }
}
