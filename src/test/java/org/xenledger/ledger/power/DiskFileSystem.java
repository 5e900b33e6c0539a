// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.power;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Set;

/** The default file system, but for its provider: what is done to its paths is done on a {@link Disk}. */
final class DiskFileSystem extends FileSystem {
    static final DiskFileSystem INSTANCE = new DiskFileSystem();

    private static final FileSystem BELOW = FileSystems.getDefault();

    private final DiskProvider provider = new DiskProvider();

    private DiskFileSystem() {}

    Path wrap(Path below) {
        return (Path) Proxy.newProxyInstance(
                DiskFileSystem.class.getClassLoader(),
                new Class<?>[] {Path.class},
                (proxy, method, arguments) -> invoke(below, method, arguments));
    }

    /** The path of the default file system that stands behind one of ours, or is given itself. */
    static Path unwrap(Path path) {
        return path.getFileSystem() == INSTANCE ? BELOW.getPath(path.toString()) : path;
    }

    private Object invoke(Path below, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("getFileSystem")) {
            return this;
        }
        try {
            Object[] unwrapped = arguments == null
                    ? null
                    : Arrays.stream(arguments)
                            .map(argument -> argument instanceof Path path ? unwrap(path) : argument)
                            .toArray();
            Object result = method.invoke(below, unwrapped);
            return result instanceof Path path ? wrap(path) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(BELOW.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        PathMatcher matcher = BELOW.getPathMatcher(pattern);
        return path -> matcher.matches(unwrap(path));
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return BELOW.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return BELOW.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return BELOW.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return BELOW.supportedFileAttributeViews();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return BELOW.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
