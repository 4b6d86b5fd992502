// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * About how long a command takes, so that nobody waits for what he has no time for.
 *
 * @param seconds on two cores with nothing else to do
 */
record Forecast(double seconds) {
    /** Servers start, and end. */
    private static final Forecast SERVERS = new Forecast(15);

    /** A replica is wiped and its data looked through, in terms of the limit's time and beside it. */
    private static final double CHECK = 0.7;

    private static final double WIPE = 4;

    /** To make the data inside the server and read it once, in terms of the limit's time. */
    private static final double FILL = 4;

    /** Starting and ending what is common to all commands. */
    static Forecast ofServers() {
        return SERVERS;
    }

    /** The data set made, and copied once to warm up. */
    Forecast andSet(DataSet data) {
        return plus(data.limitSeconds() * (FILL + 1 + CHECK) + WIPE);
    }

    /** A race with the set that is there. */
    Forecast andRace(DataSet data, Collection<? extends Contender> contenders, int turns) {
        double paces = contenders.stream().mapToDouble(Contender::pace).sum();
        return plus(turns * (data.limitSeconds() * (paces + CHECK * contenders.size()) + WIPE * contenders.size()));
    }

    /** Snapshots of so many tables, each followed by as long a time without one. */
    static Forecast ofLocks(List<Integer> tables, int snapshots) {
        double all = tables.stream()
                .mapToDouble(number -> 5 + number * 0.02 + snapshots * 2 * (0.6 + number * 0.004))
                .sum();
        return SERVERS.plus(all);
    }

    Forecast plus(double more) {
        return new Forecast(seconds + more);
    }

    @Override
    public String toString() {
        double minutes = Math.max(1, Math.ceil(seconds / 60));
        return String.format(
                Locale.ROOT,
                "This takes about %.0f %s on two cores that have nothing else to do.",
                minutes,
                minutes < 2 ? "minute" : "minutes");
    }
}
