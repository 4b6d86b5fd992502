// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import dev.sluice.testservers.install.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The temporary folder of one server and the names of the files in it.
 *
 * <p>All of them lie under one folder of the user: {@code sluice-servers-USER} in the folder for temporary files, or the folder that the
 * system property {@code sluice.testservers.temp} names.
 *
 * @param path the folder
 */
record ServerFolder(Path path) {
    /** Of {@code sockaddr_un}, with the name of the socket and some room. */
    private static final int LONGEST_PATH = 80;

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** The folder that holds those of all servers of this user. */
    static Path home() {
        String named = System.getProperty("sluice.testservers.temp", System.getProperty("java.io.tmpdir"));
        String user = System.getProperty("user.name");
        String name = "sluice-servers-" + user.replaceAll("[^A-Za-z0-9_-]", "_");
        Path wanted = Path.of(named).toAbsolutePath().resolve(name);
        Path home = wanted.toString().length() <= LONGEST_PATH ? wanted : Path.of("/tmp", name);
        try {
            Files.createDirectories(home, PRIVATE);
            if (!Files.getOwner(home).getName().equals(user)) {
                throw new TestServerException(home + " belongs to another user");
            }
            return home;
        } catch (IOException failure) {
            throw new TestServerException("Cannot make the folder of test servers " + home, failure);
        }
    }

    /** Makes an empty folder that is marked as belonging to this JVM. */
    static ServerFolder create() {
        try {
            ServerFolder folder = new ServerFolder(Files.createTempDirectory(home(), "s"));
            Owner.ofThisJvm().write(folder.owner());
            Files.createDirectory(folder.data(), PRIVATE);
            return folder;
        } catch (IOException failure) {
            throw new TestServerException("Cannot make a folder for a test server", failure);
        }
    }

    Path data() {
        return path.resolve("data");
    }

    Path socket() {
        return path.resolve("s");
    }

    Path optionFile() {
        return path.resolve("my.cnf");
    }

    Path initFile() {
        return path.resolve("init.sql");
    }

    Path errorLog() {
        return path.resolve("error.log");
    }

    Path generalLog() {
        return path.resolve("general.log");
    }

    /** What the server prints outside its log. */
    Path output() {
        return path.resolve("output.log");
    }

    /** Process id of the running server. */
    Path processId() {
        return path.resolve("mysqld.pid");
    }

    /** Its presence says that no server may start here any more. */
    Path closing() {
        return path.resolve("closing");
    }

    Path owner() {
        return path.resolve("owner");
    }

    /** Puts the content of a template in the place of the data and forgets the logs. */
    void renew(Path template) throws IOException {
        Trees.delete(data());
        Trees.copy(template, data());
        Files.deleteIfExists(errorLog());
        Files.deleteIfExists(generalLog());
    }
}
