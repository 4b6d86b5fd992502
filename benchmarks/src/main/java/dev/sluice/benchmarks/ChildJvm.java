// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A program of ours in a JVM of its own, from cold. It is told the ports of both servers, the user, the number of threads, and the file for its
 * figures.
 *
 * @param program its main class
 * @param name for messages
 * @param options of the JVM
 */
record ChildJvm(Class<?> program, String name, List<String> options) {
    /** Runs it and reads its figures. */
    Map<String, Double> run(BenchServers servers, SdkThreads threads, Path scratch) throws IOException {
        return start(servers, threads, scratch).figures();
    }

    /**
     * Starts it.
     *
     * @param more arguments for it, behind the others
     */
    Running start(BenchServers servers, SdkThreads threads, Path scratch, String... more) throws IOException {
        Path figures = scratch.resolve("figures");
        Path errors = scratch.resolve("errors");
        List<String> command = command(servers, threads, figures);
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put(SdkCopy.PASSWORD, servers.account().password());
        return new Running(name, builder.start(), figures, errors);
    }

    private List<String> command(BenchServers servers, SdkThreads threads, Path figures) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                ProgramClassPath.ofThisJvm(),
                program.getName(),
                Integer.toString(servers.source().port()),
                Integer.toString(servers.replica().port()),
                servers.account().user(),
                threads.toString(),
                figures.toString()));
        return command;
    }

    /** One that was started. It ends by itself when this JVM does. */
    record Running(String name, Process process, Path figuresFile, Path errors) {
        /** Waits until it says that it is ready. */
        void awaitReady() throws IOException {
            if (process.getInputStream().read() < 0) {
                throw failed();
            }
        }

        /** Tells it to go on. */
        void goOn() throws IOException {
            try (OutputStream in = process.getOutputStream()) {
                in.write('\n');
            }
        }

        /** Waits for its end, and reads its figures. */
        Map<String, Double> figures() throws IOException {
            if (await() != 0 || !said().isEmpty()) {
                throw failed();
            }
            return read(figuresFile);
        }

        private IllegalStateException failed() throws IOException {
            return new IllegalStateException(name + " ended with " + await() + ": " + said());
        }

        private String said() throws IOException {
            return Files.readString(errors).strip();
        }

        private int await() {
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
}
