// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.nio.file.Path;
import java.util.Map;

/** A contender that copies nothing. */
record Timed(Role role) implements Contender {
    /** A turn of so many seconds. */
    static Turn turn(double seconds) {
        return new Turn(seconds, seconds, new Turn.Cpu(0, 0, 0), new Turn.Statements(0, 0), 0, Map.of());
    }

    @Override
    public String name() {
        return role.name();
    }

    @Override
    public String how() {
        return "not at all";
    }

    @Override
    public double pace() {
        return 1;
    }

    @Override
    public Map<String, Double> copy(BenchServers servers, Path scratch) {
        return Map.of();
    }
}
