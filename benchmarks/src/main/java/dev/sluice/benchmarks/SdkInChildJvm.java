// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SDK in a JVM of its own. */
final class SdkInChildJvm implements Contender {
    private final SdkThreads threads;
    private final @Nullable String heap;

    private SdkInChildJvm(SdkThreads threads, @Nullable String heap) {
        this.threads = threads;
        this.heap = heap;
    }

    static SdkInChildJvm with(SdkThreads threads) {
        return new SdkInChildJvm(threads, null);
    }

    /** Out of the ratios, with this as {@code -Xmx}. */
    static SdkInChildJvm withHeap(SdkThreads threads, String heap) {
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
        return threads.ofCopy() + ", "
                + (heap == null ? "the JVM's own heap size" : "-Xmx" + heap)
                + "; its sessions' binary log is turned off; the time is that of the call in a cold JVM";
    }

    @Override
    public double pace() {
        return 1.7;
    }

    @Override
    public Map<String, Double> copy(BenchServers servers, Path scratch) throws IOException {
        return new ChildJvm(SdkCopy.class, name(), heap == null ? List.of() : List.of("-Xmx" + heap))
                .run(servers, threads, scratch);
    }
}
