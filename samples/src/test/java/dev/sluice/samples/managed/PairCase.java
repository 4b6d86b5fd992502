// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.samples.managed.ManagedServers.Kind;
import dev.sluice.samples.managed.ManagedServers.Member;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testing.rds.Unverified;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who follows whom, and how.
 *
 * @param replicaSwitches what documents leave open about the replica and is otherwise here
 */
record PairCase(
        Kind source,
        Series sourceSeries,
        Kind replica,
        Series replicaSeries,
        Positioning positioning,
        Set<Unverified> replicaSwitches) {
    PairCase {
        replicaSwitches = Set.copyOf(replicaSwitches);
    }

    static PairCase of(Kind source, Kind replica, Series series, Positioning positioning) {
        return new PairCase(source, series, replica, series, positioning, Set.of());
    }

    /** All nine pairs of kinds, by position and by GTID. */
    static Stream<PairCase> allWithin(Series series) {
        return Arrays.stream(Kind.values())
                .flatMap(source -> Arrays.stream(Kind.values())
                        .flatMap(replica -> Stream.of(Positioning.BINLOG_POSITION, Positioning.GTID)
                                .map(positioning -> of(source, replica, series, positioning))));
    }

    PairCase to(Series newer) {
        return new PairCase(source, sourceSeries, replica, newer, positioning, replicaSwitches);
    }

    PairCase withOnReplica(Unverified one) {
        return new PairCase(source, sourceSeries, replica, replicaSeries, positioning, EnumSet.of(one));
    }

    /** The code with which it is refused before anything is changed; empty if it works. */
    Optional<String> refusal() {
        boolean gtid = positioning == Positioning.GTID;
        return replica.flavour(replicaSeries)
                .filter(flavour -> gtid && !takesGtids(flavour))
                .map(any -> "RDS-201");
    }

    /**
     * Whether it can be told which GTIDs a snapshot holds: RDS 5.7 and Aurora v2 have no procedure for that, and RDS 8.4 none that a
     * document names.
     */
    private boolean takesGtids(RdsFlavour flavour) {
        return switch (flavour) {
            case MYSQL_5_7, AURORA_2 -> false;
            case MYSQL_8_4 -> replicaSwitches.contains(Unverified.GTID_PURGED_ON_RDS_8_4);
            case MYSQL_8_0, AURORA_3, AURORA_8_4 -> true;
        };
    }

    /** Whether both servers below have TLS, and the replica a way to use it. */
    boolean isEncrypted() {
        return sourceSeries.release().supportsTls() && replicaSeries.release().supportsTls();
    }

    Member sourceOf(ManagedServers servers) {
        return servers.member(source, sourceSeries, "source", options -> Series.gtids(options, isGtid()));
    }

    Member replicaOf(ManagedServers servers) {
        return servers.member(
                replica,
                replicaSeries,
                "replica",
                options -> Series.gtids(options, isGtid()),
                replicaSwitches.toArray(Unverified[]::new));
    }

    private boolean isGtid() {
        return positioning == Positioning.GTID;
    }

    /** The plan between the two, with those consents that such a pair needs. */
    ReplicationPlan plan(Member from, Member to) {
        ReplicationPlan plan = from.to(to).replicationUserHost("%").retainBinlogs(Duration.ofHours(144));
        plan = isGtid() ? plan.withGtid() : plan.withBinlogPosition();
        if (!isEncrypted()) {
            plan = plan.allowPlainText();
        }
        if (replicaSeries == Series.V8_4 && sourceSeries != Series.V8_4) {
            // The server below is a 9.x.
            plan = plan.allowUnsupportedPair();
        }
        boolean resets = isGtid() && replica == Kind.EXTERNAL && replicaSeries == Series.V5_7;
        return resets ? plan.allowReplicaBinlogReset() : plan;
    }

    @Override
    public String toString() {
        return source + " " + sourceSeries + " to " + replica + " " + replicaSeries + " by " + positioning
                + (replicaSwitches.isEmpty() ? "" : " with " + replicaSwitches);
    }
}
