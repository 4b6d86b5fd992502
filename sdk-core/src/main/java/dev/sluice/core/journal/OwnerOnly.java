// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders and files that nobody but their owner may use, from their first moment on, where the file system knows owners. */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private OwnerOnly() {}

    /** Whether there is a folder that nobody but its owner may use, as far as the file system knows owners. */
    static boolean isClosed(Path folder) throws IOException {
        return !knowsOwners(folder) || FOLDER.containsAll(Files.getPosixFilePermissions(folder));
    }

    /** Whether everybody may write into it. */
    static boolean isOpenToAll(Path folder) throws IOException {
        return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** Makes the folder, and those above it, which get what is usual. */
    static void makeFolder(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(folder, attribute(folder, FOLDER));
    }

    /** Keeps others out of a folder. */
    static void restrictFolder(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, FOLDER);
    }

    /** What a new file is created with. */
    static FileAttribute<?>[] file(Path path) {
        return attribute(path, FILE);
    }

    /** One that was there may have come from a copy. */
    static void restrictFile(Path path) throws IOException {
        if (knowsOwners(path) && !Files.getPosixFilePermissions(path).equals(FILE)) {
            Files.setPosixFilePermissions(path, FILE);
        }
    }

    /** A new file's name has to be on the disk, too. */
    static void syncFolderOf(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder == null || !knowsOwners(folder)) {
            return;
        }
        // A folder is opened by a channel only, which an interrupted thread cannot use.
        boolean isInterrupted = Thread.interrupted();
        try {
            while (!isSynced(folder)) {
                isInterrupted |= Thread.interrupted();
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isSynced(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
            return true;
        } catch (ClosedByInterruptException interrupted) {
            return false;
        }
    }

    private static FileAttribute<?>[] attribute(Path path, Set<PosixFilePermission> permissions) {
        return knowsOwners(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    static boolean knowsOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
