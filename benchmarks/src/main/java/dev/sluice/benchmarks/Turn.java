// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.util.Map;

/**
 * One copy by one contender.
 *
 * @param seconds the copy, by which contenders are compared
 * @param programSeconds with starting and ending programs
 * @param cpu CPU seconds
 * @param statements what the servers were asked
 * @param replicaBinlogBytes what the copy added to the replica's binary log
 * @param figures what the contender knows of itself
 */
record Turn(
        double seconds,
        double programSeconds,
        Cpu cpu,
        Statements statements,
        long replicaBinlogBytes,
        Map<String, Double> figures) {
    /** Seconds of the programs that copied, of the source, and of the replica. */
    record Cpu(double programs, double source, double replica) {}

    /** How many statements came to the source, and how many to the replica. */
    record Statements(long source, long replica) {}
}
