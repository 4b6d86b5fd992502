// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sluice onto a replica whose redo log the bench switches off for it. Sluice does no such thing itself: a replica that crashes meanwhile is
 * lost as a whole.
 */
final class RedoLogOff implements Contender {
    private final SdkInChildJvm sdk;

    RedoLogOff(SdkThreads threads) {
        this.sdk = SdkInChildJvm.with(threads);
    }

    @Override
    public Role role() {
        return Role.EXTRA;
    }

    @Override
    public String name() {
        return "Sluice, no redo log";
    }

    @Override
    public String how() {
        return sdk.how() + "; the bench has the replica's redo log off meanwhile, and the time has both switches in it";
    }

    @Override
    public double pace() {
        return sdk.pace();
    }

    /** Without an attempt to switch it on after a failure, which ends the run and the servers. */
    @Override
    public Map<String, Double> copy(BenchServers servers, Path scratch) throws IOException {
        double switched = redoLog(servers.replica(), "DISABLE", "OFF");
        Map<String, Double> figures = new TreeMap<>(sdk.copy(servers, scratch));
        switched += redoLog(servers.replica(), "ENABLE", "ON");
        figures.put("redo_log_switch_seconds", switched);
        figures.merge("seconds", switched, Double::sum);
        return figures;
    }

    private static double redoLog(MySqlServer replica, String verb, String expected) {
        long begin = System.nanoTime();
        replica.execute("ALTER INSTANCE " + verb + " INNODB REDO_LOG");
        double seconds = (System.nanoTime() - begin) / 1e9;
        String now = BenchServers.redoLog(replica);
        if (!expected.equals(now)) {
            throw new IllegalStateException("The redo log was to be " + expected + " and is " + now);
        }
        return seconds;
    }
}
