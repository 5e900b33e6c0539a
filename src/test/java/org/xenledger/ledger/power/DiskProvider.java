// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.power;

import static org.xenledger.ledger.power.DiskFileSystem.unwrap;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Java's way to a {@link Disk}: what changes something goes over the disk, all else to the default file system. */
final class DiskProvider extends FileSystemProvider {
    private static final FileSystemProvider BELOW = FileSystems.getDefault().provider();

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path real = unwrap(path);
        return disk(real).open(real, () -> BELOW.newFileChannel(real, options, attributes));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        Path real = unwrap(path);
        disk(real).makeDirectory(real, () -> Files.createDirectory(real, attributes));
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        Path real = unwrap(link);
        disk(real).link(real, unwrap(existing), () -> Files.createLink(real, unwrap(existing)));
    }

    @Override
    public void delete(Path path) throws IOException {
        Path real = unwrap(path);
        disk(real).delete(real, () -> {
            Files.delete(real);
            return null;
        });
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Path real = unwrap(source);
        disk(real).move(real, unwrap(target), () -> Files.move(real, unwrap(target), options));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> below =
                BELOW.newDirectoryStream(unwrap(path), entry -> filter.accept(DiskFileSystem.INSTANCE.wrap(entry)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return StreamSupport.stream(below.spliterator(), false)
                        .map(DiskFileSystem.INSTANCE::wrap)
                        .iterator();
            }

            @Override
            public void close() throws IOException {
                below.close();
            }
        };
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        BELOW.checkAccess(unwrap(path), modes);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return BELOW.readAttributes(unwrap(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return BELOW.readAttributes(unwrap(path), attributes, options);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return BELOW.getFileAttributeView(unwrap(path), type, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        BELOW.setAttribute(unwrap(path), attribute, value, options);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return BELOW.isSameFile(unwrap(path), unwrap(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return BELOW.isHidden(unwrap(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return BELOW.getFileStore(unwrap(path));
    }

    @Override
    public String getScheme() {
        return "disk";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    private static Disk disk(Path real) {
        return Disks.of(real).orElseThrow(() -> new UnsupportedOperationException("not on a disk: " + real));
    }
}
