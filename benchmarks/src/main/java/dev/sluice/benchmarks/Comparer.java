// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** One way to compare the database {@link BenchCommand#DATABASE} of a replica with its source. */
interface Comparer {
    String name();

    /** How it was called. */
    String how();

    /**
     * Compares.
     *
     * @param scratch an empty folder
     * @return what it knows of itself; {@code seconds} where that is not the time of the call, {@code mismatches}
     */
    Map<String, Double> compare(BenchServers servers, Path scratch) throws IOException;
}
