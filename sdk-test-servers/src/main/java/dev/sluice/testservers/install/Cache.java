// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The folder of this user in which unpacked servers and fresh data directories are kept between runs.
 *
 * <p>It is {@code ~/.cache/sluice/servers} unless the system property {@code sluice.testservers.cache} or the environment variable
 * {@code SLUICE_TESTSERVERS_CACHE} names another. It may be deleted at any time when no server runs. Thread-safe, and safe between
 * processes: an entry is made under a file lock in a folder of its own and appears by a rename.
 */
public final class Cache {
    private static final Duration LONGEST_FETCH = Duration.ofMinutes(30);
    private static final long POLL_NANOS = Duration.ofMillis(100).toNanos();

    private final Path root;

    /** Keeps entries under this folder, which is created when the first entry is. */
    public Cache(Path root) {
        this.root = root.toAbsolutePath();
    }

    /** The cache of the user who runs this JVM. */
    public static Cache ofUser() {
        String named = System.getProperty("sluice.testservers.cache", System.getenv("SLUICE_TESTSERVERS_CACHE"));
        return new Cache(
                named != null && !named.isBlank()
                        ? Path.of(named)
                        : Path.of(System.getProperty("user.home"), ".cache", "sluice", "servers"));
    }

    /** Fills the folder of a new entry. */
    @FunctionalInterface
    public interface Filling {
        /** Writes the entry's files; what throws leaves no entry behind. */
        void into(Path folder) throws IOException, NotAvailableException;
    }

    /** Returns the folder of an entry, filled now if it is not there yet. */
    public Path entry(String name, Filling filling) throws NotAvailableException {
        Path entry = root.resolve(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        try {
            Files.createDirectories(root);
            try (FileChannel channel = lockFile(name);
                    FileLock held = lock(channel, name)) {
                return Files.isDirectory(entry) ? entry : fill(entry, filling);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot fill the cache entry " + entry, failure);
        }
    }

    private static Path fill(Path entry, Filling filling) throws IOException, NotAvailableException {
        Path unfinished = entry.resolveSibling(entry.getFileName() + ".unfinished");
        Trees.delete(unfinished); // left by a process that died; the lock says nobody else is at work here
        Files.createDirectories(unfinished);
        boolean filled = false;
        try {
            filling.into(unfinished);
            Files.move(unfinished, entry, StandardCopyOption.ATOMIC_MOVE);
            filled = true;
        } finally {
            if (!filled) {
                Trees.delete(unfinished);
            }
        }
        return entry;
    }

    private FileChannel lockFile(String name) throws IOException {
        return FileChannel.open(root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static FileLock lock(FileChannel channel, String name) throws IOException {
        long deadline = System.nanoTime() + LONGEST_FETCH.toNanos();
        @Nullable FileLock lock = tryLock(channel);
        while (lock == null) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new IOException("Another process has been filling " + name + " for too long");
            }
            LockSupport.parkNanos(POLL_NANOS);
            lock = tryLock(channel);
        }
        return lock;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException anotherThread) {
            return null;
        }
    }
}
