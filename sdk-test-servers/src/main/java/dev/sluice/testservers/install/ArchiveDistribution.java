// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A whole distribution with client programs, as a zip file that Maven fetches when it is first asked for: half a gigabyte, hence never a
 * dependency of the module.
 *
 * @param name name of the cache entry
 * @param coordinates group, artifact and version, joined by colons
 */
public record ArchiveDistribution(String name, String coordinates) implements Distribution {
    private static final Duration DEADLINE = Duration.ofMinutes(20);
    private static final String UNPACK = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:unpack";
    private static final String WANTED =
            List.of("mysqld", "mysql", "mysqldump", "mysqlbinlog", "mysqladmin", "mysqlpump", "lib*").stream()
                    .map(file -> "**/bin/" + file)
                    .reduce("**/share/**,**/lib/**", (all, next) -> all + "," + next);

    @Override
    public Installation install(Cache cache) throws NotAvailableException {
        Path base = base(cache.entry(name, this::unpack));
        Installation installation = new Installation(
                base,
                base.resolve("bin/mysqld"),
                base.resolve("bin"),
                base.resolve("share"),
                base.resolve("lib/plugin"),
                List.of(),
                List.of(base.resolve("lib/private"), base.resolve("lib"), base.resolve("bin")));
        return SystemLibraries.complete(cache, installation);
    }

    private void unpack(Path folder) throws NotAvailableException {
        String classifier = Platform.ofThisMachine().asClassifier();
        if (classifier.isEmpty()) {
            throw new NotAvailableException(coordinates + " holds no server for " + Platform.described());
        }
        List<String> command = List.of(
                maven(),
                "--batch-mode",
                "--quiet",
                UNPACK,
                "-Dartifact=" + coordinates + ":zip:" + classifier,
                "-DoutputDirectory=" + folder,
                "-Dmdep.unpack.includes=" + WANTED,
                "-Dmdep.unpack.excludes=**/lib/plugin/debug/**,**/lib/*.a,**/lib/mecab/**");
        Command.Outcome outcome = Command.run(DEADLINE, command);
        if (!outcome.succeeded()) {
            throw new NotAvailableException("Maven could not fetch " + coordinates + ": " + outcome.lastWords());
        }
    }

    /** The Maven of the system property {@code sluice.testservers.maven}, else the nearest wrapper, else that of the search path. */
    private static String maven() throws NotAvailableException {
        String named = System.getProperty("sluice.testservers.maven");
        if (named != null) {
            return named;
        }
        return wrapper()
                .or(() -> Command.exists("mvn") ? Optional.of("mvn") : Optional.empty())
                .orElseThrow(() -> new NotAvailableException("there is no Maven on the search path to fetch it with"));
    }

    private static Optional<String> wrapper() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("mvnw"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** The archive may hold everything in a folder of its own. */
    private static Path base(Path entry) throws NotAvailableException {
        try (Stream<Path> folders = Files.walk(entry, 2)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("bin/mysqld")))
                    .findFirst()
                    .orElseThrow(() -> new NotAvailableException("The archive holds no bin/mysqld"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
