// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.samples.managed.ManagedServers.Kind;
import dev.sluice.samples.managed.ManagedServers.Member;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testing.rds.Unverified;
import dev.sluice.testservers.ServerOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Two servers of one flavour, where documents leave something open with one of the two behaviours, and what is asked of them.
 *
 * @param on what is otherwise than the newest document says, on both
 * @param wish what makes the difference show, if anything does
 */
record UnverifiedCase(RdsFlavour flavour, Set<Unverified> on, Wish wish) {
    /** Which plan shows the difference. */
    enum Wish {
        NOTHING,
        GTIDS,
        PKCS8_KEY,
        STOP_POINT,
        DELAY,
        LONG_RETENTION
    }

    UnverifiedCase {
        on = Set.copyOf(on);
    }

    /** Both behaviours on each flavour that it is about. */
    static Stream<UnverifiedCase> of(Unverified fact) {
        return flavours(fact)
                .flatMap(flavour -> Stream.of(Set.of(fact), Set.<Unverified>of())
                        .map(on -> new UnverifiedCase(flavour, on, wish(fact))));
    }

    /** Without a default, so that this does not compile for a new one. */
    private static Stream<RdsFlavour> flavours(Unverified fact) {
        return switch (fact) {
            case MASTER_SPELLINGS_ON_RDS_8_4, GTID_PURGED_ON_RDS_8_4 -> Stream.of(RdsFlavour.MYSQL_8_4);
            case SSL_MATERIAL_ON_RDS -> Stream.of(RdsFlavour.MYSQL_5_7, RdsFlavour.MYSQL_8_0, RdsFlavour.MYSQL_8_4);
            case SSL_MATERIAL_ON_AURORA_2, SHORT_RETENTION_ON_AURORA_2 -> Stream.of(RdsFlavour.AURORA_2);
            // Where no filter can be set, which is refused; RdsHeartbeatIT has the others.
            case HEART_HAS_NOT_BEATEN -> Stream.of(RdsFlavour.MYSQL_5_7, RdsFlavour.AURORA_2);
            case PKCS8_KEY_ACCEPTED, SOURCE_SSL_IS_VERIFIED -> Stream.of(RdsFlavour.AURORA_3, RdsFlavour.AURORA_8_4);
            case START_UNTIL_ON_EVERY_AURORA -> Stream.of(RdsFlavour.AURORA_2, RdsFlavour.AURORA_8_4);
            case DELAYS_ARE_UNKNOWN_TO_CONFIGURATION -> Stream.of(RdsFlavour.MYSQL_8_0, RdsFlavour.MYSQL_8_4);
            case TEXTS_SAY_REPLICA,
                    ROUTINES_ARE_HIDDEN,
                    TABLE_READ_LOCK_IS_REFUSED,
                    LOG_FLUSH_IS_REFUSED,
                    STOCK_BASEDIR -> Arrays.stream(RdsFlavour.values());
        };
    }

    private static Wish wish(Unverified fact) {
        return switch (fact) {
            case GTID_PURGED_ON_RDS_8_4 -> Wish.GTIDS;
            case PKCS8_KEY_ACCEPTED -> Wish.PKCS8_KEY;
            case START_UNTIL_ON_EVERY_AURORA -> Wish.STOP_POINT;
            case DELAYS_ARE_UNKNOWN_TO_CONFIGURATION -> Wish.DELAY;
            case SHORT_RETENTION_ON_AURORA_2 -> Wish.LONG_RETENTION;
            case MASTER_SPELLINGS_ON_RDS_8_4,
                    SSL_MATERIAL_ON_RDS,
                    SSL_MATERIAL_ON_AURORA_2,
                    SOURCE_SSL_IS_VERIFIED,
                    TEXTS_SAY_REPLICA,
                    ROUTINES_ARE_HIDDEN,
                    TABLE_READ_LOCK_IS_REFUSED,
                    LOG_FLUSH_IS_REFUSED,
                    HEART_HAS_NOT_BEATEN,
                    STOCK_BASEDIR -> Wish.NOTHING;
        };
    }

    private boolean is(Unverified fact) {
        return on.contains(fact);
    }

    /** The code of the refusal that the behaviour must lead to; empty if the plan has to work all the same. */
    Optional<String> refusal() {
        return switch (wish) {
            case GTIDS -> is(Unverified.GTID_PURGED_ON_RDS_8_4) ? Optional.empty() : Optional.of("RDS-201");
            case STOP_POINT -> is(Unverified.START_UNTIL_ON_EVERY_AURORA) ? Optional.empty() : Optional.of("RDS-207");
            case PKCS8_KEY -> is(Unverified.PKCS8_KEY_ACCEPTED) ? Optional.empty() : Optional.of("CORE-727");
            case LONG_RETENTION ->
                is(Unverified.SHORT_RETENTION_ON_AURORA_2) ? Optional.of("RDS-112") : Optional.empty();
            case NOTHING, DELAY -> refusalOfUsualPlan();
        };
    }

    private Optional<String> refusalOfUsualPlan() {
        if (is(Unverified.HEART_HAS_NOT_BEATEN)) {
            return Optional.of("RDS-232");
        }
        return is(Unverified.SOURCE_SSL_IS_VERIFIED) ? Optional.of("RDS-205") : Optional.empty();
    }

    Member member(ManagedServers servers, String id) {
        return servers.member(
                flavour.isAurora() ? Kind.AURORA : Kind.RDS,
                Series.of(flavour),
                id,
                options -> workers(Series.gtids(options, wish == Wish.GTIDS)),
                on.toArray(Unverified[]::new));
    }

    /** Stopping at a point takes a single worker. */
    private ServerOptions workers(ServerOptions options) {
        return wish == Wish.STOP_POINT && Series.of(flavour) != Series.V5_7
                ? options.setting("replica_parallel_workers", "1")
                : options;
    }

    ReplicationPlan plan(Member source, Member replica) {
        ReplicationPlan usual = source.to(replica).replicationUserHost("%").withBinlogPosition();
        ReplicationPlan plan = switch (wish) {
            case NOTHING -> usual.retainBinlogs(Duration.ofHours(48));
            case GTIDS -> usual.withGtid();
            case LONG_RETENTION -> usual.retainBinlogs(Duration.ofHours(2160));
            case PKCS8_KEY -> Asked.tlsMaterial().plan(source, replica).allowTlsMaterialReplacement();
            case DELAY -> Asked.delay(Duration.ofSeconds(1)).plan(source, replica);
            case STOP_POINT ->
                Asked.untilPosition("binlog.000099", 4).plan(source, replica).until(GuideStep.ENABLE_REPLICATION);
        };
        return Series.of(flavour) == Series.V5_7 ? plan.allowPlainText() : plan;
    }

    @Override
    public String toString() {
        return flavour + " with " + on + ", asked for " + wish;
    }
}
