// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The SDK in a JVM of its own. */
final class SdkInChildJvm implements Contender {
    private final int threads;
    private final @Nullable String heap;

    private SdkInChildJvm(int threads, @Nullable String heap) {
        this.threads = threads;
        this.heap = heap;
    }

    static SdkInChildJvm with(int threads) {
        return new SdkInChildJvm(threads, null);
    }

    /** Out of the ratios, with this as {@code -Xmx}. */
    static SdkInChildJvm withHeap(int threads, String heap) {
        return new SdkInChildJvm(threads, heap);
    }

    @Override
    public Role role() {
        return heap == null ? Role.SDK : Role.EXTRA;
    }

    @Override
    public String name() {
        return heap == null ? "Sluice" : "Sluice, -Xmx" + heap;
    }

    @Override
    public String how() {
        return threads + " readers, " + threads + " writers, "
                + (heap == null ? "the JVM's own heap size" : "-Xmx" + heap)
                + "; its sessions' binary log is turned off; the time is that of the call in a cold JVM";
    }

    @Override
    public double pace() {
        return 1.7;
    }

    @Override
    public Map<String, Double> copy(BenchServers servers, Path scratch) throws IOException {
        Path figures = scratch.resolve("figures");
        Path errors = scratch.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command(servers, figures))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(errors.toFile());
        builder.environment().put(SdkCopy.PASSWORD, servers.account().password());
        int code = await(builder.start());
        String said = Files.readString(errors).strip();
        if (code != 0 || !said.isEmpty()) {
            throw new IllegalStateException(name() + " ended with " + code + ": " + said);
        }
        return read(figures);
    }

    private List<String> command(BenchServers servers, Path figures) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (heap != null) {
            command.add("-Xmx" + heap);
        }
        command.addAll(List.of(
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                SdkCopy.class.getName(),
                Integer.toString(servers.source().port()),
                Integer.toString(servers.replica().port()),
                servers.account().user(),
                Integer.toString(threads),
                figures.toString()));
        return command;
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", interrupted);
        }
    }

    private static Map<String, Double> read(Path file) throws IOException {
        Properties figures = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            figures.load(in);
        }
        Map<String, Double> read = new TreeMap<>();
        figures.stringPropertyNames().forEach(name -> read.put(name, Double.valueOf(figures.getProperty(name))));
        return read;
    }
}
