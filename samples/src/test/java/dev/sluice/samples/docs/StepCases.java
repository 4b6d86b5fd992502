// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import static dev.sluice.api.plan.GuideStep.CREATE_HEARTBEAT;
import static dev.sluice.api.plan.GuideStep.CREATE_REPLICATION_USER;
import static dev.sluice.api.plan.GuideStep.DISABLE_BINLOG;
import static dev.sluice.api.plan.GuideStep.DISABLE_REDO_LOG;
import static dev.sluice.api.plan.GuideStep.ENABLE_BINLOG;
import static dev.sluice.api.plan.GuideStep.ENABLE_EVENTS;
import static dev.sluice.api.plan.GuideStep.ENABLE_REDO_LOG;
import static dev.sluice.api.plan.GuideStep.ENABLE_REPLICATION;
import static dev.sluice.api.plan.GuideStep.HOLD_APPLIER;
import static dev.sluice.api.plan.GuideStep.KEEP_BACKUPS;
import static dev.sluice.api.plan.GuideStep.LEAVE_TABLE_OUT;
import static dev.sluice.api.plan.GuideStep.LOAD;
import static dev.sluice.api.plan.GuideStep.PREPARE_REPLICA;
import static dev.sluice.api.plan.GuideStep.PURGE_BINLOGS;
import static dev.sluice.api.plan.GuideStep.PUT_TABLE_IN;
import static dev.sluice.api.plan.GuideStep.REACH_COPY;
import static dev.sluice.api.plan.GuideStep.RELAX_RETENTION;
import static dev.sluice.api.plan.GuideStep.REMOVE_HEARTBEAT;
import static dev.sluice.api.plan.GuideStep.RESET_REPLICA;
import static dev.sluice.api.plan.GuideStep.RESTORE_RETENTION;
import static dev.sluice.api.plan.GuideStep.RETAIN_BINLOGS;
import static dev.sluice.api.plan.GuideStep.SNAPSHOT;
import static dev.sluice.api.plan.GuideStep.START_REPLICATION;
import static dev.sluice.api.plan.GuideStep.STOP_REPLICATION;
import static dev.sluice.api.plan.GuideStep.VERIFY;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.HeartbeatPlan;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.secret.Secret;
import dev.sluice.aurora.AuroraCluster;
import dev.sluice.aurora.AuroraMySql;
import dev.sluice.aurora.AuroraOption;
import dev.sluice.aurora.AuroraSeed;
import dev.sluice.rds.RdsMySql;
import dev.sluice.rds.RdsOption;
import dev.sluice.rds.RdsSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The plans whose steps the reference of statements shows: first the ordinary one, then what makes a step do something else. */
final class StepCases {
    private static final Secret PASSWORD = Secret.env("PASSWORD");
    private static final String GTID = "3e11fa47-71ca-11e1-9e33-c80aa9429562:23";

    private StepCases() {}

    private static StepCase plan(String name, UnaryOperator<ReplicationPlan> change) {
        return StepCase.of(name, (source, replica) -> change.apply(plan(source, replica)));
    }

    private static ReplicationPlan plan(SourceEndpoint source, ReplicaEndpoint replica) {
        return usual(ReplicationPlan.from(source).to(replica));
    }

    private static ReplicationPlan usual(ReplicationPlan plan) {
        return plan.databases("orders").replicationUserHost("10.0.%");
    }

    private static StepCase end(String name, UnaryOperator<EndPlan> change) {
        return StepCase.of(
                        name,
                        (source, replica) -> change.apply(EndPlan.of(replica).source(source)))
                .source("+event+retains")
                .replica("+event-off+set-up")
                .running();
    }

    /** What all kinds of servers can do. */
    private static List<StepCase> ofAll(int hours) {
        return List.of(
                plan(
                        "the usual plan, by file and position",
                        plan -> plan.withBinlogPosition().retainBinlogs(Duration.ofHours(hours))),
                plan("the usual plan, by GTIDs", plan -> plan.withGtid().allowReplicaBinlogReset())
                        .source("+gtid")
                        .replica("+gtid")
                        .showing(ENABLE_REPLICATION),
                StepCase.of(
                                "a plan about everything",
                                (source, replica) ->
                                        ReplicationPlan.from(source).to(replica).replicationUserHost("10.0.%"))
                        .showing(PREPARE_REPLICA, ENABLE_REPLICATION),
                plan("without TLS on the source", ReplicationPlan::allowPlainText)
                        .source("+no-tls")
                        .showing(CREATE_REPLICATION_USER, ENABLE_REPLICATION),
                plan("the same plan once more", plan -> plan)
                        .replica("+set-up")
                        .running()
                        .showing(ENABLE_REPLICATION),
                end(
                                "an end plan that asks for all",
                                end -> end.enableEvents()
                                        .dropReplicationUser("sluice_repl", "10.0.%")
                                        .restoreRetention(Duration.ofHours(72)))
                        .showing(
                                STOP_REPLICATION,
                                RESET_REPLICA,
                                ENABLE_EVENTS,
                                GuideStep.DROP_REPLICATION_USER,
                                RESTORE_RETENTION),
                end("an end plan with the default retention", EndPlan::restoreDefaultRetention)
                        .showing(RESTORE_RETENTION),
                StepCase.of("a pause", (source, replica) -> PausePlan.stop(replica))
                        .replica("+set-up")
                        .running()
                        .showing(STOP_REPLICATION),
                StepCase.of("after a pause", (source, replica) -> PausePlan.start(plan(source, replica)))
                        .replica("+set-up")
                        .running()
                        .showing(START_REPLICATION));
    }

    static List<StepCase> ofExternal() {
        List<StepCase> cases = new ArrayList<>(ofAll(1440));
        cases.add(plan("a source without a binary log", ReplicationPlan::allowSourceRestart)
                .source("+binlog-off")
                .showing(ENABLE_BINLOG));
        cases.add(plan("settings that replicas cannot follow", ReplicationPlan::allowServerIdChange)
                .source("+mixed+no-server-id")
                .replica("+no-server-id")
                .showing(ENABLE_BINLOG, PREPARE_REPLICA));
        cases.add(plan("loading without a redo log", ReplicationPlan::allowRedoLogOff)
                .showing(DISABLE_REDO_LOG, ENABLE_REDO_LOG));
        cases.add(end("an end plan that names the first file to stay", end -> end.purgeBinlogsTo("binlog.000007"))
                .showing(PURGE_BINLOGS));
        cases.add(end("an end plan that disables the binary log", EndPlan::disableBinlog)
                .showing(DISABLE_BINLOG));
        cases.add(StepCase.of(
                        "one table anew",
                        (source, replica) -> CopyTablePlan.of(plan(source, replica), TableName.of("orders", "items"))
                                .allow(Consent.TABLE_REPLACEMENT)
                                .allow(Consent.TABLE_COPY_LOCK))
                .replica("+set-up")
                .running()
                .showing(HOLD_APPLIER, LEAVE_TABLE_OUT, REACH_COPY, PUT_TABLE_IN));
        return cases;
    }

    private static StepCase toRds(String name, RdsOption option) {
        return StepCase.of(
                name,
                (source, replica) -> usual(ReplicationPlan.from(source).to((RdsMySql) replica, option))
                        .allowSkippedChanges());
    }

    private static StepCase fromRds(String name, RdsOption option) {
        return StepCase.of(
                name,
                (source, replica) ->
                        usual(ReplicationPlan.from((RdsMySql) source, option).to(replica)));
    }

    private static Plan seededByRds(SourceEndpoint source) {
        return ReplicationPlan.from(source)
                .to(RdsMySql.newInstance("orders-copy").region("eu-west-1").credentials("admin", PASSWORD))
                .seedWith(RdsSeed.DB_SNAPSHOT)
                .replicationUserHost("10.0.%")
                .retainBinlogs(Duration.ofHours(96));
    }

    static List<StepCase> ofRds() {
        List<StepCase> cases = new ArrayList<>(ofAll(144));
        cases.add(plan("a source without a binary log", ReplicationPlan::allowBackupRetentionChange)
                .source("+binlog-off")
                .showing(ENABLE_BINLOG));
        cases.add(fromRds("for longer than 168 hours", RdsOption.keepingBinlogsByReadReplica())
                .plus(plan -> plan.retainBinlogs(Duration.ofHours(400)))
                .showing(RETAIN_BINLOGS, RELAX_RETENTION));
        cases.add(fromRds("opening the port", RdsOption.openingPort("sg-0a1b2c3d", "203.0.113.7/32"))
                .showing(CREATE_REPLICATION_USER));
        cases.add(plan(
                        "from a temporary read replica",
                        plan -> plan.seedWith(RdsSeed.TEMPORARY_READ_REPLICA).retainBinlogs(Duration.ofHours(96)))
                .showing(SNAPSHOT, LOAD));
        cases.add(StepCase.of("a new instance from a DB snapshot", (source, replica) -> seededByRds(source))
                .replica(GuidePreview.NEW)
                .showing(SNAPSHOT, LOAD));
        cases.add(toRds("keeping backups for seven days", RdsOption.keepingBackups(7))
                .showing(KEEP_BACKUPS));
        cases.add(
                toRds("with a delay", RdsOption.delayedBy(Duration.ofHours(1))).showing(ENABLE_REPLICATION));
        cases.add(toRds("after a snapshot of the replica", RdsOption.safetySnapshot())
                .showing(ENABLE_REPLICATION));
        cases.add(
                toRds("up to a position", RdsOption.untilPosition(new BinlogPosition("mysql-bin-changelog.000107", 4)))
                        .plus(plan -> plan.until(ENABLE_REPLICATION))
                        .showing(ENABLE_REPLICATION));
        cases.add(toRds("up to GTIDs", RdsOption.untilGtids(MySqlGtidSet.parse(GTID)))
                .plus(plan -> plan.until(ENABLE_REPLICATION))
                .showing(ENABLE_REPLICATION));
        cases.add(toRds("past an error", RdsOption.skippingError()).running().showing(ENABLE_REPLICATION));
        cases.add(toRds("past a transaction", RdsOption.skippingTransaction(GTID))
                .running()
                .showing(ENABLE_REPLICATION));
        cases.add(toRds("past a log file", RdsOption.leavingLog(107)).running().showing(ENABLE_REPLICATION));
        cases.add(end(
                        "an end plan that disables the binary log",
                        end -> end.disableBinlog().allow(Consent.BACKUP_RETENTION_CHANGE))
                .showing(DISABLE_BINLOG));
        return cases;
    }

    private static StepCase toAurora(String name, AuroraOption option) {
        return StepCase.of(
                name,
                (source, replica) -> usual(ReplicationPlan.from(source).to((AuroraMySql) replica, option))
                        .allowSkippedChanges()
                        .allowTlsMaterialReplacement());
    }

    private static StepCase creating(String name, AuroraCluster cluster, UnaryOperator<ReplicationPlan> change) {
        return StepCase.of(
                        name,
                        (source, replica) ->
                                change.apply(ReplicationPlan.from(source).to(cluster)))
                .replica(GuidePreview.NEW)
                .showing(SNAPSHOT, LOAD);
    }

    private static AuroraCluster newCluster() {
        return AuroraMySql.newCluster("orders-copy").region("eu-west-1").credentials("admin", PASSWORD);
    }

    private static AuroraCluster farCluster() {
        return AuroraMySql.newReadReplica("orders-far")
                .region("us-east-1")
                .instanceClass("db.r6g.large")
                .credentials("admin", PASSWORD);
    }

    static List<StepCase> ofAurora() {
        List<StepCase> cases = new ArrayList<>(ofAll(144));
        cases.add(plan("a source without a binary log", ReplicationPlan::allowWriterReboot)
                .source("+binlog-off")
                .showing(ENABLE_BINLOG));
        cases.add(StepCase.of(
                        "opening the port",
                        (source, replica) -> usual(ReplicationPlan.from(
                                        (AuroraMySql) source, AuroraOption.openingPort("sg-0a1b2c3d", "203.0.113.7/32"))
                                .to(replica)))
                .showing(CREATE_REPLICATION_USER));
        cases.add(plan("from a clone", plan -> plan.seedWith(AuroraSeed.CLUSTER_CLONE))
                .showing(SNAPSHOT, LOAD));
        cases.add(plan("from a cluster snapshot", plan -> plan.seedWith(AuroraSeed.CLUSTER_SNAPSHOT))
                .showing(SNAPSHOT, LOAD));
        cases.add(creating(
                "a new cluster as a clone",
                newCluster(),
                plan -> plan.seedWith(AuroraSeed.CLUSTER_CLONE).replicationUserHost("10.0.%")));
        cases.add(creating(
                "a new cluster from a cluster snapshot",
                newCluster(),
                plan -> plan.seedWith(AuroraSeed.CLUSTER_SNAPSHOT).replicationUserHost("10.0.%")));
        cases.add(creating("a read replica in another region", farCluster(), plan -> plan)
                .showing(SNAPSHOT, LOAD, ENABLE_REPLICATION));
        cases.add(toAurora("with certificates", AuroraOption.tlsMaterial(PASSWORD, PASSWORD, PASSWORD))
                .showing(ENABLE_REPLICATION));
        cases.add(toAurora("with a delay", AuroraOption.delayedBy(Duration.ofHours(1)))
                .showing(ENABLE_REPLICATION));
        cases.add(toAurora("after a snapshot of the replica", AuroraOption.safetySnapshot())
                .showing(ENABLE_REPLICATION));
        cases.add(toAurora(
                        "up to a position",
                        AuroraOption.untilPosition(new BinlogPosition("mysql-bin-changelog.000107", 4)))
                .plus(plan -> plan.until(ENABLE_REPLICATION))
                .showing(ENABLE_REPLICATION));
        cases.add(toAurora("past an error", AuroraOption.skippingError())
                .running()
                .showing(ENABLE_REPLICATION));
        cases.add(toAurora("past a transaction", AuroraOption.skippingTransaction(GTID))
                .running()
                .showing(ENABLE_REPLICATION));
        cases.add(toAurora("past a log file", AuroraOption.leavingLog(107))
                .running()
                .showing(ENABLE_REPLICATION));
        cases.add(end(
                        "an end plan that disables the binary log",
                        end -> end.disableBinlog().allow(Consent.WRITER_REBOOT))
                .showing(DISABLE_BINLOG));
        return cases;
    }

    /** Of what core does itself, whatever the servers are. */
    static List<StepCase> ofCore() {
        List<StepCase> cases = new ArrayList<>(ofAll(144));
        cases.add(plan("copying by mysqldump", plan -> plan.copyWith(CopyMethod.MYSQLDUMP))
                .showing(SNAPSHOT, LOAD));
        cases.add(plan(
                        "comparing at one position",
                        plan -> plan.verifyAtOnePosition().allowVerificationLock())
                .showing(VERIFY));
        cases.add(StepCase.of("heartbeats", (source, replica) -> HeartbeatPlan.create(beating(source, replica)))
                .showing(CREATE_HEARTBEAT));
        cases.add(StepCase.of("heartbeats", (source, replica) -> HeartbeatPlan.remove(beating(source, replica)))
                .showing(REMOVE_HEARTBEAT));
        return cases;
    }

    private static ReplicationPlan beating(SourceEndpoint source, ReplicaEndpoint replica) {
        return plan(source, replica).databases(HeartbeatPlan.DATABASE).allowHeartbeat();
    }
}
