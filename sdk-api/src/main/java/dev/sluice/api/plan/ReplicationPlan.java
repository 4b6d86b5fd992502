// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A replication that a user wants: from one server to another, and how. Every method returns a new plan and leaves this one
 * unchanged; a second call of the same method replaces the first, and those that take names or consents add to them. Works with
 * nothing but {@code from} and {@code to}.
 *
 * <pre>{@code
 * ReplicationPlan plan = ReplicationPlan.from(source).to(replica)
 *         .withGtid()
 *         .retainBinlogs(Duration.ofHours(144))
 *         .databases("orders", "billing");
 * }</pre>
 *
 * <p>Defaults: GTID where both servers have it on, else file and position; everything but the system schemas; a replication
 * account {@code sluice_repl} with a generated password that lives in memory only; TLS required; copy inside this JVM;
 * retention left as it is if it is long enough; up to and including verification and the relaxing of the retention.
 *
 * <p>It is data: equal plans are equal, it goes to JSON and back through {@code Sluice}, and holds no secret. Immutable and
 * thread-safe. Not for implementing.
 */
@CheckReturnValue
public sealed interface ReplicationPlan extends Plan permits ReplicationPlanValue {
    /** How long writers on the source may be held up by one attempt at a snapshot, where the plan does not say. */
    Duration DEFAULT_LOCK_WINDOW = Duration.ofSeconds(5);

    /** How long the source keeps its binary logs once the lag is 0, at least, where the plan does not say. */
    Duration DEFAULT_RETENTION_WHILE_REPLICATING = Duration.ofHours(24);

    /** Begins a plan with the server to replicate from, and options of that kind of server. */
    @SafeVarargs
    static <S extends SourceEndpoint> ReplicationPlanStart from(S source, EndpointOption<? super S>... options) {
        return new ReplicationPlanStart(source, List.of(options));
    }

    // What the plan says.

    /** The server to replicate from. */
    SourceEndpoint source();

    /**
     * What the plan asks of the source that only its kind of server can do, in the order given; unmodifiable, empty by default.
     * See {@link #from}.
     */
    List<EndpointOption<?>> sourceOptions();

    @Override
    default Optional<SourceEndpoint> findSource() {
        return Optional.of(source());
    }

    /** The server to replicate to. */
    @Override
    ReplicaEndpoint replica();

    /**
     * What the plan asks of the replica that only its kind of server can do, in the order given; unmodifiable, empty by default.
     * See {@link ReplicationPlanStart#to}.
     */
    List<EndpointOption<?>> replicaOptions();

    /**
     * What the plan asks for, not what it comes to on its servers. <b>Default:</b> {@link Positioning#GTID_WHERE_BOTH_ALLOW}. See
     * {@link #withGtid} and {@link #withBinlogPosition}.
     */
    Positioning positioning();

    /** See {@link #retainBinlogs}; empty if the plan does not ask for a retention. */
    Optional<Duration> binlogRetention();

    /** See {@link #retainWhileReplicating(Duration)}. */
    Duration retentionWhileReplicating();

    /** The databases and tables that the plan is about. <b>Default:</b> {@link Scope#EVERYTHING}. */
    Scope scope();

    /** See {@link #copyWith}. <b>Default:</b> {@link CopyMethod#IN_PROCESS}. */
    CopyMethod copyMethod();

    /** See {@link #seedWith}: the ways in order of preference. <b>Default:</b> {@link Seed#LOGICAL_COPY} alone. */
    List<Seed> seeds();

    /**
     * The account by which the replica logs in to the source, as the plan names it: its host part may still have to be derived, its
     * password to be made up. <b>Default:</b> {@link ReplicationAccount#DEFAULT}.
     */
    ReplicationAccount replicationAccount();

    /** See {@link #until}. */
    GuideStep lastStep();

    /** See {@link #pauseBefore}. */
    Set<GuideStep> pauses();

    /** See {@link #startingFrom}. */
    Optional<Coordinates> start();

    /** What the plan allows by name; unmodifiable, empty by default. See {@link #allow}. */
    @Override
    Set<Consent> consents();

    /** See {@link #lockAtMost}. */
    Duration lockWindow();

    /** See {@link #snapshotLimits(SnapshotLimits)}. */
    SnapshotLimits snapshotLimits();

    /** See {@link #deadline}: those that the plan sets. */
    Map<GuideStep, Duration> deadlines();

    /** See {@link #leaveReplicaWritable}. */
    boolean replicaStaysWritable();

    /** See {@link #skipChecks}; unmodifiable, empty by default. */
    Set<String> skippedChecks();

    /** Whether a consent was given. */
    default boolean allows(Consent consent) {
        return consents().contains(consent);
    }

    // What a user can ask for.

    /** Follows GTIDs with auto-positioning. Refused at compile if one of the servers does not have {@code gtid_mode=ON}. */
    ReplicationPlan withGtid();

    /** Follows file and position, also where both servers have GTIDs. */
    ReplicationPlan withBinlogPosition();

    /**
     * Keeps binary logs on the source at least this long, until the replica has caught up. <b>Unit and range:</b> whole hours,
     * at least 1; the source's engine has its own upper limit (168 h on RDS for MySQL, 2160 h on Aurora MySQL) and whole days
     * on MySQL 5.7, where a part of a day is rounded up. <b>When not called:</b> the server keeps its setting. <b>Effect:</b> a
     * global setting of the source, raised only, never lowered, and put back by {@link GuideStep#RELAX_RETENTION}.
     *
     * @throws IllegalArgumentException if it is under one hour or not a whole number of hours
     */
    ReplicationPlan retainBinlogs(Duration window);

    /**
     * How long the source keeps its binary logs once the lag is 0; if the retention was longer before the run, that is kept.
     * <b>Unit and range:</b> whole hours, at least 1. <b>When not called:</b> {@link #DEFAULT_RETENTION_WHILE_REPLICATING}.
     *
     * @throws IllegalArgumentException if it is under one hour or not a whole number of hours
     */
    ReplicationPlan retainWhileReplicating(Duration window);

    /** Includes whole databases, with their routines, events and the tables that they get later. Adds to what is included. */
    ReplicationPlan databases(String... names);

    /** Includes single tables. Adds to what is included. */
    ReplicationPlan tables(TableName... names);

    /** Leaves whole databases out. Adds to what is left out. */
    ReplicationPlan withoutDatabases(String... names);

    /** Leaves single tables out. Adds to what is left out. */
    ReplicationPlan withoutTables(TableName... names);

    /** Replaces the whole scope. */
    ReplicationPlan scope(Scope scope);

    /** How structure and rows are copied. When not called: {@link CopyMethod#IN_PROCESS}. */
    ReplicationPlan copyWith(CopyMethod method);

    /**
     * How the source's data gets to the replica: the first of these ways that works between the two servers, and no other. Naming a way allows
     * what it makes for a while and removes again, such as a read replica of the source. To fall back on the ordinary copy where a way does
     * not work, name it last: {@code seedWith(way, Seed.LOGICAL_COPY)}. <b>When not called:</b> {@link Seed#LOGICAL_COPY}.
     *
     * @param others further ways, in order; none twice
     * @throws IllegalArgumentException if one is named twice
     */
    ReplicationPlan seedWith(Seed first, Seed... others);

    /** Creates the replication account with this name and a generated password that lives in memory only. */
    ReplicationPlan replicationUser(String user);

    /** Uses this replication account; creates it if it is not there. At most 32 characters of password. */
    ReplicationPlan replicationUser(String user, Secret password);

    /**
     * The host part of the replication account, such as {@code 10.0.%}. When not called it is the replica's address as the plan
     * has it; never {@code %} unless it is named here.
     */
    ReplicationPlan replicationUserHost(String host);

    /** Ends the run after this step. When not called: {@link GuideStep#RELAX_RETENTION}. */
    ReplicationPlan until(GuideStep step);

    /** Waits before this step for {@code run.proceed()}. */
    ReplicationPlan pauseBefore(GuideStep step);

    /** Copies nothing and starts replication at these coordinates, whose snapshot the replica already holds. */
    ReplicationPlan startingFrom(Coordinates coordinates);

    /**
     * The longest time that writers on the source may be held up by one attempt at a snapshot. <b>Range:</b> 1 s to 60 s.
     * <b>When not called:</b> {@link #DEFAULT_LOCK_WINDOW}.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    ReplicationPlan lockAtMost(Duration window);

    /**
     * When a copy that keeps its snapshots open for long is warned of, and when it ends, for the sake of the source. <b>When not
     * called:</b> {@link SnapshotLimits#DEFAULT}. <b>Effect:</b> the source is asked every ten seconds while the snapshots are open,
     * also while the run is paused with them; warnings are {@code RunEvent.Warning}s with the codes CORE-310 and CORE-312; at a limit
     * the snapshots are closed and the run fails with CORE-311 or CORE-313. Where the user may not read the undo history, one
     * warning with CORE-314 says so and only the age counts.
     */
    ReplicationPlan snapshotLimits(SnapshotLimits limits);

    /**
     * The longest time that a step may take. <b>Range:</b> positive. <b>When not called:</b> 7 days for
     * {@link GuideStep#LOAD}, {@link GuideStep#CATCH_UP} and {@link GuideStep#VERIFY}, 10 minutes for each other step, and longer
     * for one that waits for a person: 10 minutes more than that person has.
     *
     * <p><b>Effect:</b> when the time is over, what the step runs is killed on the servers, its locks are released, and the run
     * fails with CORE-612, which names the step and what it was held up by; what was done before stays as it is and is listed in
     * the run's result. For {@link GuideStep#SNAPSHOT} it is also how long locks are tried for, which is 3 minutes when
     * this is not called.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    ReplicationPlan deadline(GuideStep step, Duration limit);

    /**
     * Compares the replica at exactly one position of the source instead of while replication goes on; see
     * {@link VerificationWay#AT_ONE_POSITION}. Needs {@link #allowVerificationLock()}. <b>When not called:</b> {@link VerificationWay#LIVE}.
     */
    ReplicationPlan verifyAtOnePosition();

    /** How the row VERIFY compares. */
    VerificationWay verificationWay();

    /** Leaves the replica writable. When not called it is made read-only after the load, if it holds nothing else. */
    ReplicationPlan leaveReplicaWritable();

    /**
     * Leaves checks of the preflight out, by their ids; adds to those that are left out. {@code Sluice.checks()} and {@code docs/preflight.md}
     * list them. What a rule refuses when a plan is compiled cannot be left out, nor a check without which a run could lose or mix up rows
     * and report success. <b>When not called:</b> every check is made. <b>Effect:</b> nothing looks for what such a check looks for; the
     * report names those that were left out, and {@code explain()} shows them. An id that does not exist, or may not be left out, is refused
     * at compile with CORE-752 or CORE-753.
     */
    ReplicationPlan skipChecks(String... ids);

    /** Gives a consent; the {@code allow…} methods are the same by name. */
    ReplicationPlan allow(Consent consent);

    /** See {@link Consent#PLAIN_TEXT}. */
    default ReplicationPlan allowPlainText() {
        return allow(Consent.PLAIN_TEXT);
    }

    /** See {@link Consent#UNSUPPORTED_PAIR}. */
    default ReplicationPlan allowUnsupportedPair() {
        return allow(Consent.UNSUPPORTED_PAIR);
    }

    /** See {@link Consent#SOURCE_RESTART}. */
    default ReplicationPlan allowSourceRestart() {
        return allow(Consent.SOURCE_RESTART);
    }

    /** See {@link Consent#RESET_REPLICA_BINLOGS}. */
    default ReplicationPlan allowReplicaBinlogReset() {
        return allow(Consent.RESET_REPLICA_BINLOGS);
    }

    /** See {@link Consent#SERVER_ID_CHANGE}. */
    default ReplicationPlan allowServerIdChange() {
        return allow(Consent.SERVER_ID_CHANGE);
    }

    /** See {@link Consent#BACKUP_RETENTION_CHANGE}. */
    default ReplicationPlan allowBackupRetentionChange() {
        return allow(Consent.BACKUP_RETENTION_CHANGE);
    }

    /**
     * See {@link Consent#REDO_LOG_OFF}. From MySQL 8.0.21 on, where the user holds INNODB_REDO_LOG_ENABLE and PROCESS and the replica
     * holds no database; elsewhere preflight warns and the load goes on with the redo log. It is switched on again after the load,
     * and when the run ends in any other way, as long as this process lives.
     */
    default ReplicationPlan allowRedoLogOff() {
        return allow(Consent.REDO_LOG_OFF);
    }

    /** See {@link Consent#WRITER_REBOOT}. */
    default ReplicationPlan allowWriterReboot() {
        return allow(Consent.WRITER_REBOOT);
    }

    /** See {@link Consent#SKIPPED_CHANGES}. */
    default ReplicationPlan allowSkippedChanges() {
        return allow(Consent.SKIPPED_CHANGES);
    }

    /** See {@link Consent#SHARED_PARAMETER_GROUP}. */
    default ReplicationPlan allowSharedParameterGroup() {
        return allow(Consent.SHARED_PARAMETER_GROUP);
    }

    /** See {@link Consent#PENDING_CHANGES}. */
    default ReplicationPlan allowPendingChanges() {
        return allow(Consent.PENDING_CHANGES);
    }

    /** See {@link Consent#TLS_MATERIAL_REPLACEMENT}. */
    default ReplicationPlan allowTlsMaterialReplacement() {
        return allow(Consent.TLS_MATERIAL_REPLACEMENT);
    }

    /** See {@link Consent#VERIFICATION_LOCK}. */
    default ReplicationPlan allowVerificationLock() {
        return allow(Consent.VERIFICATION_LOCK);
    }

    /** See {@link Consent#REPOINT_BY_MONITOR}. */
    default ReplicationPlan allowRepointByMonitor() {
        return allow(Consent.REPOINT_BY_MONITOR);
    }

    /** See {@link Consent#HEARTBEAT}. */
    default ReplicationPlan allowHeartbeat() {
        return allow(Consent.HEARTBEAT);
    }
}
