// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Measures how long a snapshot holds up writers. */
@Command(
        name = "locks",
        mixinStandardHelpOptions = true,
        description = "Measures how long a snapshot holds up writers.")
final class LocksCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
