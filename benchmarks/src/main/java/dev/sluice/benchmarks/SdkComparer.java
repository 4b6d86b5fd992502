// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The SDK's live way, in a JVM of its own. */
record SdkComparer(SdkThreads threads) implements Comparer {
    @Override
    public String name() {
        return "Sluice";
    }

    @Override
    public String how() {
        return "while replication runs, " + threads.comparing()
                + " threads; the time is that of the call in a cold JVM";
    }

    @Override
    public Map<String, Double> compare(BenchServers servers, Path scratch) throws IOException {
        return new ChildJvm(SdkVerify.class, name(), List.of()).run(servers, threads, scratch);
    }
}
