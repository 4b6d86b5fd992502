// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Three real MySQL servers on this machine, for whoever has none at hand: a source with a small shop in it, an empty replica, and one for the
 * journal. They and all that is in them are gone when this is closed. Nothing of this belongs into a service of your own.
 */
final class OwnServers implements AutoCloseable {
    private final List<MySqlServer> servers;

    private OwnServers(List<MySqlServer> servers) {
        this.servers = servers;
    }

    /** Starts all three; the first time on a machine this fetches the server. */
    static OwnServers start() {
        List<CompletableFuture<MySqlServer>> starting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            starting.add(CompletableFuture.supplyAsync(OwnServers::server));
        }
        OwnServers all =
                new OwnServers(starting.stream().map(CompletableFuture::join).toList());
        all.source()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.customer (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(80) NOT NULL)",
                        "INSERT INTO shop.customer (name) VALUES ('Ada'), ('Grace'), ('Edsger')");
        all.journal().execute("CREATE DATABASE journal");
        return all;
    }

    private static MySqlServer server() {
        return MySqlServer.start(
                MySqlRelease.MYSQL_8_0_31, ServerOptions.defaults().gtid().setting("local_infile", "ON"));
    }

    MySqlServer source() {
        return servers.get(0);
    }

    MySqlServer replica() {
        return servers.get(1);
    }

    MySqlServer journal() {
        return servers.get(2);
    }

    /** The service's configuration for these servers. */
    Map<String, Object> properties() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("spring.datasource.url", journal().jdbcUrl().replace("/?", "/journal?"));
        all.put("spring.datasource.username", journal().rootUser());
        all.put("spring.datasource.password", journal().rootPassword());
        put(all, "source", source());
        put(all, "replica", replica());
        all.put("service.replications.shop.databases", "shop");
        all.put("service.replications.shop.pause-before-replication", "true");
        return all;
    }

    private static void put(Map<String, Object> all, String role, MySqlServer server) {
        String prefix = "service.replications.shop." + role;
        all.put(prefix + ".host", server.host());
        all.put(prefix + ".port", String.valueOf(server.port()));
        all.put(prefix + ".user", server.rootUser());
        all.put(prefix + ".password", role);
        all.put("passwords." + role, server.rootPassword());
    }

    @Override
    public void close() {
        servers.forEach(MySqlServer::close);
    }

    /**
     * {@code samples/spring-boot/servers}: the servers alone, so that they outlive the service, until this process is ended.
     *
     * @param arguments the file into which the configuration is written
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = Path.of(arguments[0]);
        OwnServers servers = start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(file)));
        servers.writeTo(file);
        System.out.println("Three servers run until this is ended. samples/spring-boot/run uses them now.");
        new CountDownLatch(1).await();
    }

    /** Readable by the owner only, since it holds passwords. */
    private void writeTo(Path file) throws IOException {
        Properties text = new Properties();
        properties().forEach((name, value) -> text.setProperty(name, value.toString()));
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file)) {
            text.store(out, null);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            System.err.println("Delete " + file + ": its servers are gone");
        }
    }
}
