// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Whole folders: copied and deleted. */
public final class Trees {
    private Trees() {}

    /** Copies a folder's content into another folder, which is made; files keep their permissions. Long stretches of zeros take no room. */
    public static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new Copying(from, to));
    }

    /** Most of a fresh data directory is zeros: what is not written costs neither time nor disk, and reads as zeros. */
    private static final class Copying extends SimpleFileVisitor<Path> {
        private static final int BLOCK = 64 * 1024;

        private final Path from;
        private final Path to;
        private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        private final ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK).asReadOnlyBuffer();

        Copying(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Path copy = to.resolve(from.relativize(file));
            Files.createFile(copy, PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(file)));
            try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                    RandomAccessFile out = new RandomAccessFile(copy.toFile(), "rw")) {
                out.setLength(in.size());
                fill(in, out.getChannel());
            }
            return FileVisitResult.CONTINUE;
        }

        /** Into a file of the right length, which holds nothing but zeros yet. */
        private void fill(FileChannel in, FileChannel out) throws IOException {
            for (long at = 0; in.read(block.clear(), at) > 0; at += block.limit()) {
                block.flip();
                if (block.mismatch(zeros.duplicate().limit(block.limit())) >= 0) {
                    write(out, at);
                }
            }
        }

        private void write(FileChannel out, long at) throws IOException {
            while (block.hasRemaining()) {
                out.write(block, at + block.position());
            }
        }
    }

    /** Deletes a folder with all it holds; what is gone already is no error. */
    public static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
