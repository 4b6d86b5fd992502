// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static dev.sluice.samples.managed.Series.V5_7;
import static dev.sluice.samples.managed.Series.V8_0;
import static dev.sluice.samples.managed.Series.V8_4;

import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.rds.RdsMySql;
import dev.sluice.rds.RdsOption;
import dev.sluice.samples.managed.ManagedServers.Kind;
import dev.sluice.samples.managed.ManagedServers.Member;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A plan that needs a consent and lacks it, on servers where that is so.
 *
 * @param consent the one that is missing; all others that the servers need are given
 * @param title who and what
 * @param stage makes the servers and the plan
 */
record ConsentCase(Consent consent, String title, Stage stage) {
    /** What makes servers and a plan between them. */
    @FunctionalInterface
    interface Stage {
        Plan on(ManagedWorld world) throws InterruptedException;
    }

    /** Those of all consents; a test finds a consent that has none. */
    static Stream<ConsentCase> all() {
        return Stream.of(
                        pairs(ConsentCase::plainText),
                        kinds(ConsentCase::endInPlainText),
                        pairs(ConsentCase::unsupportedPair),
                        kinds(ConsentCase::sourceRestart),
                        kinds(ConsentCase::replicaReset),
                        kinds(ConsentCase::serverId),
                        kinds(replica -> logOn(Consent.BACKUP_RETENTION_CHANGE, Kind.RDS, replica)),
                        Stream.of(logOff(Consent.BACKUP_RETENTION_CHANGE, Kind.RDS)),
                        kinds(ConsentCase::replicasBackups),
                        kinds(replica -> logOn(Consent.WRITER_REBOOT, Kind.AURORA, replica)),
                        Stream.of(logOff(Consent.WRITER_REBOOT, Kind.AURORA)),
                        kinds(ConsentCase::redoLog),
                        Stream.of(Kind.RDS, Kind.AURORA).map(ConsentCase::sharedGroup),
                        Stream.of(Kind.RDS, Kind.AURORA).map(ConsentCase::pendingChange),
                        Stream.of(V8_0, V8_4).map(ConsentCase::certificates),
                        Stream.of(promotion()),
                        kinds(ConsentCase::verificationLock),
                        kinds(ConsentCase::heartbeat),
                        kinds(source -> oneTable(Consent.TABLE_REPLACEMENT, Consent.TABLE_COPY_LOCK, source)),
                        kinds(source -> oneTable(Consent.TABLE_COPY_LOCK, Consent.TABLE_REPLACEMENT, source)),
                        Arrays.stream(Repair.values()).map(repair -> skipping(Kind.RDS, repair)),
                        Arrays.stream(Repair.values()).map(repair -> skipping(Kind.AURORA, repair)))
                .flatMap(some -> some);
    }

    private interface PerKind {
        ConsentCase of(Kind kind);
    }

    private interface PerPair {
        ConsentCase of(Kind source, Kind replica);
    }

    private static Stream<ConsentCase> kinds(PerKind one) {
        return Arrays.stream(Kind.values()).map(one::of);
    }

    private static Stream<ConsentCase> pairs(PerPair one) {
        return Arrays.stream(Kind.values())
                .flatMap(source -> Arrays.stream(Kind.values()).map(replica -> one.of(source, replica)));
    }

    private static ConsentCase plainText(Kind source, Kind replica) {
        return new ConsentCase(
                Consent.PLAIN_TEXT,
                source + " to " + replica + " without TLS",
                world -> world.plan(world.member(source, V5_7, "source"), world.member(replica, V5_7, "replica")));
    }

    private static ConsentCase verificationLock(Kind replica) {
        return new ConsentCase(
                Consent.VERIFICATION_LOCK,
                "an external source to " + replica + ", compared at one position",
                world -> world.plan(
                                world.member(Kind.EXTERNAL, V8_0, "source"),
                                world.member(
                                        replica,
                                        V8_0,
                                        "replica",
                                        options -> options.setting("replica_parallel_workers", "1")))
                        .verifyAtOnePosition());
    }

    private static ConsentCase heartbeat(Kind source) {
        return new ConsentCase(
                Consent.HEARTBEAT,
                "a heartbeat on " + source,
                world -> HeartbeatPlan.create(world.plan(
                        world.member(source, V8_0, "source"), world.member(Kind.EXTERNAL, V8_0, "replica"))));
    }

    private static ConsentCase oneTable(Consent missing, Consent given, Kind source) {
        return new ConsentCase(missing, "one table anew from " + source + " to an external replica", world -> {
            Member from = world.member(source, V8_0, "source");
            from.server().execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY)");
            ReplicationPlan plan = world.plan(from, world.member(Kind.EXTERNAL, V8_0, "replica"))
                    .databases("shop");
            world.sluice().start(world.sluice().compile(plan)).await();
            return CopyTablePlan.of(plan.allow(given), TableName.of("shop", "item"));
        });
    }

    private static ConsentCase endInPlainText(Kind replica) {
        return new ConsentCase(
                Consent.PLAIN_TEXT,
                "the end on " + replica + " without TLS",
                world -> EndPlan.of(world.member(replica, V5_7, "replica").replica()));
    }

    private static ConsentCase unsupportedPair(Kind source, Kind replica) {
        return new ConsentCase(
                Consent.UNSUPPORTED_PAIR,
                source + " of 8.0 to " + replica + " on a 9.x server",
                world -> world.plan(
                        world.member(source, V8_0, "source"),
                        world.member(replica, V8_4, "replica", options -> Series.gtids(options, false))));
    }

    private static ConsentCase sourceRestart(Kind replica) {
        return new ConsentCase(
                Consent.SOURCE_RESTART,
                "an external source without a binary log to " + replica,
                world -> world.plan(
                        world.member(Kind.EXTERNAL, V8_0, "source", options -> options.withoutBinaryLog()),
                        world.member(replica, V8_0, "replica")));
    }

    private static ConsentCase replicaReset(Kind source) {
        return new ConsentCase(
                Consent.RESET_REPLICA_BINLOGS,
                source + " to an external replica of 5.7 with GTIDs of its own",
                world -> {
                    Member replica = world.member(Kind.EXTERNAL, V5_7, "replica", options -> options.gtid());
                    replica.server().execute("CREATE DATABASE own", "DROP DATABASE own");
                    return world.plan(world.member(source, V5_7, "source", options -> options.gtid()), replica)
                            .withGtid()
                            .allowPlainText();
                });
    }

    private static ConsentCase serverId(Kind source) {
        return new ConsentCase(
                Consent.SERVER_ID_CHANGE,
                source + " to an external replica with the same server id",
                world -> world.plan(
                        world.member(source, V8_0, "source", options -> options.serverId(7)),
                        world.member(Kind.EXTERNAL, V8_0, "replica", options -> options.serverId(7))));
    }

    private static ConsentCase logOn(Consent consent, Kind source, Kind replica) {
        return new ConsentCase(
                consent,
                source + " without a binary log to " + replica,
                world -> world.plan(
                        world.member(source, V8_0, "source", options -> options.withoutBinaryLog()),
                        world.member(replica, V8_0, "replica")));
    }

    private static ConsentCase logOff(Consent consent, Kind source) {
        return new ConsentCase(
                consent,
                source + " with a binary log that nobody needs any more",
                world -> EndPlan.of(world.member(Kind.EXTERNAL, V8_0, "replica").replica())
                        .source(world.member(source, V8_0, "source").source())
                        .disableBinlog());
    }

    private static ConsentCase replicasBackups(Kind source) {
        return new ConsentCase(
                Consent.BACKUP_RETENTION_CHANGE,
                source + " to an instance of RDS without automated backups, which it is to have",
                world -> {
                    Member from = world.member(source, V8_0, "source");
                    Member replica = world.member(Kind.RDS, V8_0, "replica", options -> options.withoutBinaryLog());
                    return ReplicationPlan.from(from.source())
                            .to((RdsMySql) replica.replica(), RdsOption.keepingBackups(1))
                            .replicationUserHost("%")
                            .withBinlogPosition();
                });
    }

    private static ConsentCase sharedGroup(Kind replica) {
        return new ConsentCase(
                Consent.SHARED_PARAMETER_GROUP, replica + " whose parameter group another one has as well", world -> {
                    ReplicationPlan plan = world.plan(shop(world), world.member(replica, V8_0, "replica"))
                            .databases("shop");
                    world.share(replica, "replica");
                    return plan;
                });
    }

    private static Member shop(ManagedWorld world) {
        Member source = world.member(Kind.EXTERNAL, V8_0, "source");
        source.server().execute("CREATE DATABASE shop");
        return source;
    }

    private static ConsentCase pendingChange(Kind replica) {
        return new ConsentCase(
                Consent.PENDING_CHANGES,
                replica + " for which a change waits, and which needs a group of its own",
                world -> {
                    ReplicationPlan plan = world.plan(shop(world), world.member(replica, V8_0, "replica"))
                            .databases("shop");
                    world.leavePending(replica, "replica");
                    return plan;
                });
    }

    private static ConsentCase certificates(Series series) {
        return new ConsentCase(
                Consent.TLS_MATERIAL_REPLACEMENT,
                "certificates for Aurora of " + series,
                world -> Asked.tlsMaterial()
                        .plan(
                                world.member(Kind.EXTERNAL, series, "source", options -> Series.gtids(options, false)),
                                world.member(Kind.AURORA, series, "replica", options -> Series.gtids(options, false))));
    }

    private static ConsentCase promotion() {
        return new ConsentCase(
                Consent.REPLICA_PROMOTION, "the end on an Aurora cluster to which AWS itself replicates", world -> {
                    Member replica = world.member(Kind.AURORA, V8_0, "replica");
                    replica.server()
                            .execute("CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = 1,"
                                    + " SOURCE_USER = 'rdsrepladmin', SOURCE_PASSWORD = 'of AWS'");
                    return EndPlan.of(replica.replica());
                });
    }

    private static ConsentCase redoLog(Kind source) {
        return new ConsentCase(
                Consent.REDO_LOG_OFF, source + " to an external replica that holds nothing else", world -> {
                    Member from = world.member(source, V8_0, "source");
                    from.server()
                            .execute("CREATE DATABASE shop", "CREATE TABLE shop.item AS SELECT 1 AS id, 'a' AS name");
                    return world.plan(from, world.member(Kind.EXTERNAL, V8_0, "replica"));
                });
    }

    private static ConsentCase skipping(Kind replica, Repair repair) {
        return new ConsentCase(
                Consent.SKIPPED_CHANGES,
                replica + " that is stuck and " + repair,
                world -> repair.stuck(
                        world, world.member(Kind.EXTERNAL, V8_0, "source"), world.member(replica, V8_0, "replica")));
    }

    /** Whether the plan works without it as well, and then does something less. */
    boolean isOptional() {
        return consent == Consent.REDO_LOG_OFF;
    }

    @Override
    public String toString() {
        return consent + ": " + title;
    }
}
