// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells about processes under {@code /proc}. */
final class ProcFile {
    /** The same on every architecture that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int TIME_OF_CHILDREN = 13;

    private ProcFile() {}

    static long processId(MySqlServer server) throws IOException {
        String file = BenchServers.one(server, "SELECT @@GLOBAL.pid_file");
        return Long.parseLong(Files.readString(Path.of(file)).strip());
    }

    /** Seconds in user and system mode. */
    static double cpuSeconds(long processId) throws IOException {
        return sum(Long.toString(processId), USER_TIME);
    }

    /** Seconds of all programs that this JVM has started and that have ended. */
    static double cpuSecondsOfEndedChildren() throws IOException {
        return sum("self", TIME_OF_CHILDREN);
    }

    /** The fields are counted behind the name, which may hold blanks. */
    private static double sum(String process, int field) throws IOException {
        String stat = Files.readString(Path.of("/proc", process, "stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return (Long.parseLong(fields.get(field)) + Long.parseLong(fields.get(field + 1))) / TICKS_PER_SECOND;
    }

    /** The most memory that this process has had. */
    static long rssPeakBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .findFirst()
                .orElse(0);
    }
}
