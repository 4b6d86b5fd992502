// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.secret.Secret;
import dev.sluice.aurora.AuroraMySql;
import dev.sluice.rds.RdsMySql;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/** The addresses of the two servers that {@code servers} has started, as files in the migration's folder, which other commands find there. */
record LookAlike(Path folder) {
    private static final String REGION = "eu-west-1";
    private static final String USER = "admin";

    private Path addresses() {
        return folder.resolve("look-alike.properties");
    }

    private Path password(String role) {
        return folder.resolve("look-alike." + role + ".password").toAbsolutePath();
    }

    boolean isThere() {
        return Files.exists(addresses());
    }

    /** The passwords are in files that only their owner reads: good for one folder, and gone with the servers. */
    void write(Address source, String sourcePassword, Address replica, String replicaPassword) throws IOException {
        Files.createDirectories(folder);
        secret(password("source"), sourcePassword);
        secret(password("replica"), replicaPassword);
        Properties properties = new Properties();
        properties.setProperty("source", source.host() + ":" + source.port());
        properties.setProperty("replica", replica.host() + ":" + replica.port());
        try (Writer file = Files.newBufferedWriter(addresses())) {
            properties.store(file, null);
        }
    }

    private static void secret(Path file, String password) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password);
    }

    void remove() throws IOException {
        Files.deleteIfExists(addresses());
        Files.deleteIfExists(password("source"));
        Files.deleteIfExists(password("replica"));
    }

    RdsMySql source() {
        Address address = address("source");
        return RdsMySql.instance("look-alike-source")
                .region(REGION)
                .credentials(USER, Secret.file(password("source")))
                .at(address.host(), address.port());
    }

    AuroraMySql replica() {
        Address address = address("replica");
        return AuroraMySql.cluster("look-alike-replica")
                .region(REGION)
                .credentials(USER, Secret.file(password("replica")))
                .at(address.host(), address.port());
    }

    private Address address(String role) {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(addresses())) {
            properties.load(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return Address.parse(Address.required(properties.getProperty(role), "the address of the " + role));
    }
}
