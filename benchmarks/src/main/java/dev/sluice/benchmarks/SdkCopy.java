// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.copy.Copier;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.copy.CopyListener;
import dev.sluice.core.copy.CopyRequest;
import dev.sluice.core.copy.CopyRequest.ReplicaBinlog;
import dev.sluice.core.copy.CopyThrottle;
import dev.sluice.core.copy.LiveBudget;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The program that copies with the SDK, in a JVM of its own and from cold where nothing else is said, and writes down what it took. */
final class SdkCopy {
    static final String PASSWORD = "SLUICE_BENCH_PASSWORD";

    /** An argument more: copy once, say so, wait to be told that the replica is a fresh one, and copy again, which is what counts. */
    static final String TWICE = "twice";

    private static final double MEGABYTE = 1 << 20;

    private SdkCopy() {}

    /** Arguments: source port, replica port, user, threads, file for the figures, and {@value #TWICE} perhaps. */
    public static void main(String... arguments) throws IOException {
        CopyBudget budget = SdkThreads.of(arguments[3]).copying();
        MySqlConnector source = connector(Integer.parseInt(arguments[0]), arguments[2]);
        MySqlConnector replica = connector(Integer.parseInt(arguments[1]), arguments[2]);
        Properties figures = new Properties();
        if (List.of(arguments).contains(TWICE)) {
            copy(source, replica, budget, figures);
            awaitFreshReplica();
            double before = cpuSeconds();
            copy(source, replica, budget, figures);
            put(figures, "cpu_seconds", cpuSeconds() - before);
        } else {
            copy(source, replica, budget, figures);
        }
        put(figures, "heap_peak_mb", heapPeak() / MEGABYTE);
        put(figures, "rss_peak_mb", ProcFile.rssPeakBytes() / MEGABYTE);
        try (Writer out = Files.newBufferedWriter(Path.of(arguments[4]))) {
            figures.store(out, null);
        }
    }

    /** Ends with whoever started this. */
    private static void awaitFreshReplica() throws IOException {
        System.out.println("copied");
        if (System.in.read() < 0) {
            throw new IllegalStateException("Nobody waits for a second copy");
        }
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static double cpuSeconds() throws IOException {
        return ProcFile.cpuSeconds(ProcessHandle.current().pid());
    }

    private static MySqlConnector connector(int port, String user) {
        return BenchSnapshot.connector("127.0.0.1", port, user, () -> System.getenv(PASSWORD));
    }

    private static void copy(MySqlConnector source, MySqlConnector replica, CopyBudget budget, Properties figures) {
        long begin = System.nanoTime();
        try (BenchSnapshot taken = BenchSnapshot.of(source, budget.readers())) {
            put(figures, "snapshot_seconds", secondsSince(begin));
            put(figures, "lock_seconds", taken.snapshot().lockHeld().toNanos() / 1e9);
            CopyRequest request =
                    new CopyRequest(LiveBudget.of(budget), CopyThrottle.NONE, ReplicaBinlog.SKIPPED_WHERE_ALLOWED);
            new Copier(request, new Quiet())
                    .copy(taken.snapshot(), source, taken.catalog(), replica, new Cancellation());
        }
        put(figures, "seconds", secondsSince(begin));
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void put(Properties figures, String name, double value) {
        figures.setProperty(name, Double.toString(value));
    }

    /** Garbage included; the pools' peaks need not have been at one time, so it was never more than this. */
    private static long heapPeak() {
        return heapPools()
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static Stream<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    /** A warning would mean that the copy is not what the others make. */
    private static final class Quiet implements CopyListener {
        @Override
        public void planned(TableName table, long estimatedRows, long estimatedBytes) {}

        @Override
        public void progress(TableName table, long rows, long bytes) {}

        @Override
        public void tableDone(TableName table, long rows, long bytes) {}

        @Override
        public void warning(Problem problem) {
            System.err.println("warning: " + problem);
        }
    }
}
