// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.time.Duration;
import java.util.List;

/** Looks for programs and runs them. */
interface Shell {
    /**
     * What became of a program.
     *
     * @param code 0 if it did what it should
     * @param said the end of what it printed
     */
    record Ended(int code, String said) {
        boolean well() {
            return code == 0;
        }
    }

    /** Whether the PATH has a program of this name. */
    boolean has(String program);

    /** Runs a program that can ask nobody anything, and ends it when the time is over. */
    Ended run(List<String> command, Duration limit);
}
