// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * mydumper into files, then myloader.
 *
 * @param threads of each
 * @param whyMissing why it cannot take part, {@code null} if it can
 */
record MydumperAndMyloader(int threads, @Nullable String whyMissing) implements Contender {
    @Override
    public Role role() {
        return Role.MYDUMPER;
    }

    @Override
    public String name() {
        return "mydumper, myloader " + threads;
    }

    @Override
    public String how() {
        return "mydumper --threads " + threads + ", then myloader --threads " + threads
                + "; myloader turns its sessions' binary log off";
    }

    @Override
    public Optional<String> missing() {
        return Optional.ofNullable(whyMissing);
    }

    @Override
    public double pace() {
        return 2.1;
    }

    @Override
    public Map<String, Double> copy(BenchServers servers, Path scratch) throws IOException {
        Path files = scratch.resolve("dump");
        long begin = System.nanoTime();
        Programs.run(List.of(
                "mydumper",
                "--defaults-file=" + ClientOptions.write(scratch, servers.source(), servers.account()),
                "--database=" + BenchCommand.DATABASE,
                "--outputdir=" + files,
                "--threads=" + threads));
        double dumped = (System.nanoTime() - begin) / 1e9;
        Programs.run(List.of(
                "myloader",
                "--defaults-file=" + ClientOptions.write(scratch, servers.replica(), servers.account()),
                "--directory=" + files,
                "--threads=" + threads));
        return Map.of("dump_seconds", dumped);
    }
}
