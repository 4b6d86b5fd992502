// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlRelease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code mysqldump --single-transaction | mysql}. */
record MysqldumpAndMysql(MySqlRelease release) implements Contender {
    @Override
    public Role role() {
        return Role.MYSQLDUMP;
    }

    @Override
    public String name() {
        return "mysqldump | mysql";
    }

    @Override
    public String how() {
        return "mysqldump --single-transaction --source-data=2 --databases … | mysql; with GTIDs the dump itself turns the"
                + " session's binary log off";
    }

    @Override
    public Optional<String> missing() {
        return program("mysqldump").isPresent() && program("mysql").isPresent()
                ? Optional.empty()
                : Optional.of("no client programs of " + release);
    }

    private Optional<Path> program(String name) {
        return release.clientProgram(name);
    }

    @Override
    public double pace() {
        return 3.7;
    }

    @Override
    public Map<String, Double> copy(BenchServers servers, Path scratch) throws IOException {
        Path source = ClientOptions.write(scratch, servers.source(), servers.account());
        Path replica = ClientOptions.write(scratch, servers.replica(), servers.account());
        Programs.pipe(List.of(
                List.of(
                        program("mysqldump").orElseThrow().toString(),
                        "--defaults-file=" + source,
                        "--single-transaction",
                        "--source-data=2",
                        "--databases",
                        BenchCommand.DATABASE),
                List.of(program("mysql").orElseThrow().toString(), "--defaults-file=" + replica)));
        return Map.of();
    }
}
