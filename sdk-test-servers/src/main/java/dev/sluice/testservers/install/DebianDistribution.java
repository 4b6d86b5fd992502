// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server from Debian's packages, unpacked with every library that it needs and started by its own dynamic loader, so that it runs on
 * an older Debian too.
 *
 * @param name name of the cache entry
 * @param suite Debian suite, for example {@code sid}; a moving suite is fetched once and then kept in the cache
 * @param packages the packages to unpack
 */
public record DebianDistribution(String name, String suite, List<String> packages) implements Distribution {
    /** Only scripts of the packages need it. */
    private static final List<String> UNWANTED = List.of("perl", "libperl");

    /** Copies the list. */
    public DebianDistribution {
        packages = List.copyOf(packages);
    }

    @Override
    public Installation install(Cache cache) throws NotAvailableException {
        Path root = cache.entry(name, this::unpack);
        Path loader = loader(root);
        Path installed = root.resolve("usr");
        Installation installation = new Installation(
                installed,
                installed.resolve("sbin/mysqld"),
                root.resolve("clients"),
                installed.resolve("share/mysql"),
                installed.resolve("lib/mysql/plugin"),
                List.of(loader),
                List.of(loader.getParent()));
        return SystemLibraries.complete(cache, installation);
    }

    private void unpack(Path folder) throws IOException, NotAvailableException {
        try (Apt apt = Apt.ofSuite(suite)) {
            apt.unpackAll(packages, UNWANTED, folder);
        }
        Path clients = Files.createDirectory(folder.resolve("clients"));
        for (String program : List.of("mysql", "mysqldump", "mysqlbinlog", "mysqladmin")) {
            Path script = clients.resolve(program);
            Files.writeString(script, startScript(folder.relativize(loader(folder)), program));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** A script finds its neighbours from where it stands, because the folder is still to be moved to its place. */
    private static String startScript(Path loader, String program) {
        return """
                #!/bin/sh
                root=$(cd "$(dirname "$0")/.." && pwd)
                exec "$root/%s" --library-path "$root/%s" "$root/usr/bin/%s" "$@"
                """.formatted(loader, loader.getParent(), program);
    }

    private Path loader(Path root) throws NotAvailableException {
        try (Stream<Path> files = Files.find(
                root.resolve("usr/lib"),
                2,
                (file, attributes) -> file.getFileName().toString().matches("ld-linux-.*"))) {
            return files.findFirst()
                    .orElseThrow(() ->
                            new NotAvailableException("Debian's packages for " + name + " hold no dynamic loader"));
        } catch (IOException failure) {
            throw new NotAvailableException("Debian's packages for " + name + " hold no libraries", failure);
        }
    }
}
