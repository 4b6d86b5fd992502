// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    private static final int BLOCK = 64 * 1024;

    @TempDir
    Path folder;

    private Path file(String name, byte[] content) throws IOException {
        Path file = folder.resolve("from").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    /** Bytes of which those between two places are not zero. */
    private static byte[] zerosBut(int length, int begin, int end) {
        byte[] all = new byte[length];
        byte[] some = new byte[end - begin];
        new Random(7).nextBytes(some);
        System.arraycopy(some, 0, all, begin, some.length);
        return all;
    }

    @Test
    void aCopyHoldsTheSameBytesWithTheSamePermissions() throws IOException {
        Path secret = file("a/secret", zerosBut(100, 0, 100));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        byte[] lastByte = new byte[3 * BLOCK];
        lastByte[lastByte.length - 1] = 1;
        byte[][] contents = {
            {},
            new byte[5 * BLOCK + 3],
            zerosBut(5 * BLOCK, BLOCK, 2 * BLOCK),
            zerosBut(5 * BLOCK + 3, 3 * BLOCK - 1, 3 * BLOCK + 1),
            zerosBut(2 * BLOCK + 3, 2 * BLOCK, 2 * BLOCK + 3),
            lastByte
        };
        for (int i = 0; i < contents.length; i++) {
            file("b/" + i, contents[i]);
        }

        Trees.copy(folder.resolve("from"), folder.resolve("to"));

        Path copy = folder.resolve("to");
        assertThat(copy.resolve("a/secret")).hasSameBinaryContentAs(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("a/secret"))))
                .isEqualTo("rw-------");
        for (int i = 0; i < contents.length; i++) {
            assertThat(Arrays.equals(Files.readAllBytes(copy.resolve("b/" + i)), contents[i]))
                    .as("file %d", i)
                    .isTrue();
        }
    }

    @Test
    void aDeletedFolderIsGoneAndNoneIsNoError() throws IOException {
        file("a/b/c", new byte[] {1});

        Trees.delete(folder.resolve("from"));
        Trees.delete(folder.resolve("from"));

        assertThat(folder.resolve("from")).doesNotExist();
    }
}
