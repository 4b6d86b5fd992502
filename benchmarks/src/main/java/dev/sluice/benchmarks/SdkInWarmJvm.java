// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SDK in a JVM that has copied the same once before, as a service's has that runs for long. In no ratio, which others enter from cold. */
final class SdkInWarmJvm implements Contender {
    private final SdkThreads threads;
    private ChildJvm.@Nullable Running waiting;

    SdkInWarmJvm(SdkThreads threads) {
        this.threads = threads;
    }

    @Override
    public Role role() {
        return Role.EXTRA;
    }

    @Override
    public String name() {
        return "Sluice, warm JVM";
    }

    @Override
    public String how() {
        return threads.ofCopy()
                + "; the time is that of the second copy in one JVM, each onto a fresh replica, and so are CPU and heap, but not the resident memory";
    }

    /** Both copies. */
    @Override
    public double pace() {
        return 3.4;
    }

    @Override
    public void before(BenchServers servers, Path scratch) throws IOException {
        servers.freshReplica();
        waiting = new ChildJvm(SdkCopy.class, name(), List.of()).start(servers, threads, scratch, SdkCopy.TWICE);
        waiting.awaitReady();
    }

    @Override
    public Map<String, Double> copy(BenchServers servers, Path scratch) throws IOException {
        ChildJvm.Running warm = requireNonNull(waiting, "waiting");
        warm.goOn();
        return warm.figures();
    }
}
