// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.ApplierStops;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.ReplicaTreatments;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.core.mysql.ReplicationLink;
import dev.sluice.core.mysql.UnloggedSession;
import dev.sluice.rds.aws.RdsLooks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rows of the guide that RDS and Aurora do by the same procedures. Thread-safe: no state. */
public final class ManagedSteps {
    /** The account by which AWS lets a server follow another by itself. */
    public static final String ACCOUNT_OF_AWS = Channel.MANAGED;

    private ManagedSteps() {}

    /** Whether AWS itself lets the server follow another one: then the procedures for sources are refused there. */
    public static boolean isManagedReplica(ServerFacts server) {
        return Channel.of(server).filter(Channel::isManaged).isPresent();
    }

    /** What is done on a source, but for switching its binary log on and off. */
    public static List<Step> ofSource(ManagedKind kind) {
        return List.of(
                new RetainBinlogs(kind),
                new CreateReplicationUser(kind),
                new RelaxRetention(kind),
                new DropReplicationUser(kind),
                new RestoreRetention(kind));
    }

    /** What is looked at before a run whose source is managed. */
    public static List<Check> checksOfSource() {
        return List.of(new LogFormatCheck(), new RetentionUnsetCheck());
    }

    /** What is looked at before a run whose replica is managed. */
    public static List<Check> checksOfReplica() {
        return List.of(new HeartbeatCheck());
    }

    /** How a replica is made to replicate again. */
    public static ReplicaTreatments treatmentsOfReplica() {
        return new ManagedTreatments();
    }

    /** How a replica is stopped at one position. */
    public static ApplierStops stopsOfReplica() {
        return new StopAtPosition();
    }

    /** What is done on a replica. */
    public static List<Step> ofReplica(ManagedKind kind, ManagedGroups groups) {
        return List.of(
                new PrepareReplica(kind, groups),
                new EnableReplication(kind, groups),
                new StartReplication(kind),
                new StopReplication(kind),
                new ResetReplica(kind));
    }

    /**
     * The facts, with what these steps, and those of the other server's engine, need to know besides: its procedures, should it hide them, the
     * retention that it is configured with, whether it has its own row in {@code mysql.rds_heartbeat2}, and whether it can encrypt its
     * connection to a source.
     */
    public static ServerFacts addedTo(ServerFacts facts, ServerSession session) {
        ServerFacts known =
                unlogged(RetentionConfiguration.addedTo(DocumentedProcedures.addedTo(facts, session), session));
        known = HeartbeatRow.addedTo(known, session);
        return ManagedDialect.of(known).encryption() == ManagedDialect.Encryption.NONE
                ? ReplicationLink.withoutTls(known)
                : known;
    }

    /** Nobody sets sql_log_bin on a managed server; some of Aurora's have a procedure that does. */
    private static ServerFacts unlogged(ServerFacts facts) {
        return ManagedDialect.of(facts).has(ManagedDialect.DISABLE_SESSION_BINLOG, 0)
                ? UnloggedSession.by(facts, "CALL mysql." + ManagedDialect.DISABLE_SESSION_BINLOG)
                : facts;
    }

    /** Lets a source that is to write no binary log keep none, as AWS advises before it is switched off. */
    public static ProcedureOperation forgettingRetention(String id) {
        return ManagedDialect.call(
                OperationInfo.changing(id, Target.SOURCE, "keep binary logs no longer"),
                RetentionConfiguration.SET,
                RetentionConfiguration.set(Optional.empty()));
    }

    /** Whether a retention is set. */
    public static boolean retainsBinlogs(ServerSession source) {
        return RetentionConfiguration.retentionHours(source).isPresent();
    }

    /**
     * The draft of a step that tells AWS to change a server at once, which takes changes along that wait for a maintenance window: refused where
     * there are such and the plan does not allow it; noted where nobody could ask AWS.
     *
     * @param besides what the step changes itself, by AWS's name, or {@code ""}
     */
    public static StepDraft withPendingChanges(
            StepDraft draft, StepContext context, ServerFacts facts, String identifier, String besides) {
        if (ManagedGroups.attachedTo(facts).isEmpty()) {
            return draft.note("Without a client of the RDS API nobody can see which changes of " + identifier
                    + " wait for a maintenance window: they take effect together with this one.");
        }
        Set<String> pending = new TreeSet<>(ManagedGroups.pendingChanges(facts));
        pending.remove(besides);
        return pending.isEmpty() || context.allows(Consent.PENDING_CHANGES)
                ? draft
                : draft.problem(RdsLooks.wouldBeTakenAlong(identifier, pending));
    }

    /** What the procedures need on a source. */
    public static RequiredPrivilege mayCallProcedures() {
        return ManagedDialect.execute(Target.SOURCE);
    }

    /** How long the server is configured to keep its binary logs; empty if it may remove them as soon as AWS needs them no more. */
    public static Optional<Duration> retention(ServerFacts facts) {
        return RetentionConfiguration.retentionHours(facts).map(Duration::ofHours);
    }

    /** How long a managed source keeps its binary logs by its facts; zero where AWS removes them as it likes. */
    public static Optional<Duration> binlogRetention(ServerFacts source) {
        return Optional.of(
                Duration.ofHours(RetentionConfiguration.retentionHours(source).orElse(0L)));
    }
}
