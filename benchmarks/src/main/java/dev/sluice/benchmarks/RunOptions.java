// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlRelease;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands with servers have in common: options, servers, settings, JSON. */
final class RunOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--threads",
            defaultValue = SdkThreads.OWN,
            paramLabel = "NUMBER",
            converter = SdkThreads.Converter.class,
            description =
                    "so many readers and writers of Sluice, or threads that compare, instead of as many as it takes by itself")
    private SdkThreads threads = SdkThreads.of(SdkThreads.OWN);

    @Option(
            names = "--release",
            paramLabel = "VERSION",
            converter = ServerRelease.class,
            description = "of both servers and of MySQL's client programs: 8.0.33 or 9 (default: 8.0.33)")
    private MySqlRelease release = MySqlRelease.MYSQL_8_0_33;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "where the figures go (default: benchmarks/target/bench-COMMAND.json)")
    private @Nullable Path json;

    /** What is measured on the servers. */
    @FunctionalInterface
    interface Work {
        /** Measures, and returns what is to be written down of it. */
        BenchReport.Results on(BenchServers servers) throws Exception;
    }

    SdkThreads threads() {
        return threads;
    }

    /** Of the servers, with client programs. */
    MySqlRelease release() {
        return release;
    }

    /** Where the figures go. */
    Path json() {
        return json == null ? Path.of("benchmarks", "target", "bench-" + name() + ".json") : json;
    }

    private String name() {
        return command == null ? "figures" : command.name();
    }

    /** Starts servers, says under what circumstances, has it measured, and writes it down. */
    void measure(Forecast forecast, PrintStream out, Work work) throws Exception {
        out.println(forecast);
        Map<String, String> machine = Machine.facts();
        try (BenchServers servers = BenchServers.start(release)) {
            Map<String, String> settings = servers.settings();
            Settings.print(machine, settings, out);
            BenchReport.Results results = work.on(servers);
            machine.put("load at the end", Machine.load());
            BenchReport.write(json(), machine, settings, results);
        }
        out.println("JSON: " + json());
    }
}
