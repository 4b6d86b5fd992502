// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the inner loops of the copy without any server, by JMH. */
@Command(
        name = "micro",
        mixinStandardHelpOptions = true,
        description = "Measures the hot inner loops, escaping and the planning of ranges, by JMH and without servers.")
final class MicroCommand implements Callable<Integer> {
    /** With each value of their parameters. */
    private static final int BENCHMARKS = 11;

    @Option(
            names = "--include",
            paramLabel = "PATTERN",
            defaultValue = "dev\\.sluice\\..*",
            description = "regular expression of benchmarks (default: ${DEFAULT-VALUE})")
    private String include = "";

    @Option(names = "--forks", defaultValue = "2", description = "JVMs for each (default: ${DEFAULT-VALUE})")
    private int forks = 2;

    @Option(
            names = "--iterations",
            defaultValue = "5",
            description = "seconds that are measured in each JVM, after as many to warm up (default: ${DEFAULT-VALUE})")
    private int iterations = 5;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            defaultValue = "benchmarks/target/bench-micro.json",
            description = "where the figures go, in JMH's format (default: ${DEFAULT-VALUE})")
    private Path json = Path.of("benchmarks/target/bench-micro.json");

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        out.println(forecast());
        Path file = json.toAbsolutePath();
        Files.createDirectories(file.resolveSibling(""));
        if (new Runner(options(file)).run().isEmpty()) {
            throw new IllegalStateException("no benchmark matches " + include);
        }
        out.println("JSON: " + json);
        return 0;
    }

    /** Of all of them. */
    private Forecast forecast() {
        return new Forecast(BENCHMARKS * forks * (2.0 * iterations + 1));
    }

    private Options options(Path file) {
        return new OptionsBuilder()
                .include(include)
                .forks(forks)
                .warmupIterations(iterations)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(file.toString())
                .build();
    }
}
