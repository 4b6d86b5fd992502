// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.CatalogReader;
import dev.sluice.core.copy.Copier;
import dev.sluice.core.copy.CopyListener;
import dev.sluice.core.copy.CopyRequest;
import dev.sluice.core.copy.CopyRequest.ReplicaBinlog;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.snapshot.SnapshotListener;
import dev.sluice.core.snapshot.SnapshotRequest;
import dev.sluice.core.snapshot.SnapshotTaker;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

/** The program that copies with the SDK, in a JVM of its own and from cold, and writes down what it took. */
final class SdkCopy {
    static final String PASSWORD = "SLUICE_BENCH_PASSWORD";

    private static final double MEGABYTE = 1 << 20;

    private SdkCopy() {}

    /** Arguments: source port, replica port, user, threads, file for the figures. */
    public static void main(String... arguments) throws IOException {
        int threads = Integer.parseInt(arguments[3]);
        MySqlConnector source = connector(Integer.parseInt(arguments[0]), arguments[2]);
        MySqlConnector replica = connector(Integer.parseInt(arguments[1]), arguments[2]);
        Properties figures = new Properties();
        copy(source, replica, threads, figures);
        put(figures, "heap_peak_mb", heapPeak() / MEGABYTE);
        put(figures, "rss_peak_mb", ProcFile.rssPeakBytes() / MEGABYTE);
        try (Writer out = Files.newBufferedWriter(Path.of(arguments[4]))) {
            figures.store(out, null);
        }
    }

    private static MySqlConnector connector(int port, String user) {
        return MySqlConnector.builder()
                .address(new ServerAddress("127.0.0.1", port))
                .user(user)
                .password(() -> System.getenv(PASSWORD))
                .allowPlainText()
                .build();
    }

    private static void copy(MySqlConnector source, MySqlConnector replica, int threads, Properties figures) {
        Scope scope = new Scope(List.of(BenchCommand.DATABASE), List.of(), List.of(), List.of());
        long begin = System.nanoTime();
        AtomicReference<Catalog> catalog = new AtomicReference<>();
        SnapshotTaker taker = new SnapshotTaker(session -> {
            catalog.set(new CatalogReader(session, scope).read());
            return catalog.get().fingerprint();
        });
        SnapshotRequest request = new SnapshotRequest(
                scope,
                List.of(LockKind.GLOBAL_READ_LOCK),
                SnapshotRequest.DEFAULT_WINDOW,
                threads,
                SnapshotRequest.DEFAULT_PATIENCE);
        try (Snapshot snapshot = taker.take(source, request, SnapshotListener.SILENT, new Cancellation())) {
            put(figures, "snapshot_seconds", secondsSince(begin));
            put(figures, "lock_seconds", snapshot.lockHeld().toNanos() / 1e9);
            new Copier(new CopyRequest(threads, ReplicaBinlog.SKIPPED_WHERE_ALLOWED), new Quiet())
                    .copy(snapshot, source, catalog.get(), replica, new Cancellation());
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
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
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
