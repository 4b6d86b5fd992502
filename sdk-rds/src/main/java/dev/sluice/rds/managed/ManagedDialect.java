// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.spi.RequiredPrivilege;
import java.util.List;
import java.util.Optional;

/**
 * Which of the procedures this very server has by which AWS lets its customers do what needs privileges that they do not get. Names and
 * numbers of arguments changed between versions and differ between RDS and Aurora, so that they are looked up in what the server offers
 * and never told from its version. Immutable and thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-replicating.html">AWS: replication procedures</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/mysql-stored-proc-replicating.html">AWS: the same of
 *     Aurora</a>
 */
final class ManagedDialect {
    static final String START = "rds_start_replication";
    static final String STOP = "rds_stop_replication";
    /** What to call a missing one by: newer servers have this spelling, older ones {@code …_master}. */
    static final String SET_EXTERNAL = "rds_set_external_source";

    static final String RESET_EXTERNAL = "rds_reset_external_source";

    static final String SET_SSL = "rds_set_binlog_source_ssl";
    static final String IMPORT_SSL = "rds_import_binlog_ssl_material";
    static final String REMOVE_SSL = "rds_remove_binlog_ssl_material";
    static final String GTID_PURGED = "rds_gtid_purged";
    static final String GTID_PURGED_INTERVAL = "rds_set_external_source_gtid_purged";
    static final String DISABLE_SESSION_BINLOG = "rds_disable_session_binlog";
    static final String SET_DELAY = "rds_set_source_delay";
    static final String START_UNTIL = "rds_start_replication_until";
    static final String START_UNTIL_GTID = "rds_start_replication_until_gtid";
    static final String SKIP_ERROR = "rds_skip_repl_error";
    static final String SKIP_TRANSACTION = "rds_skip_transaction_with_gtid";
    private static final String AUTO_POSITION = "rds_set_external_source_with_auto_position";

    private final ServerFacts facts;

    private ManagedDialect(ServerFacts facts) {
        this.facts = facts;
    }

    static ManagedDialect of(ServerFacts facts) {
        return new ManagedDialect(facts);
    }

    /** That which takes host, port, user, password, file, position and whether to encrypt. */
    Optional<Routine> setExternal() {
        return find(7, SET_EXTERNAL, "rds_set_external_master");
    }

    /** That which forgets the source. */
    Optional<Routine> resetExternal() {
        return find(0, RESET_EXTERNAL, "rds_reset_external_master");
    }

    /** How replicas of this server encrypt their connection to a source. */
    enum Encryption {
        /** By a procedure of its own, after the source is set. */
        SWITCH,
        /** By the argument of the procedure that sets the source. */
        ARGUMENT,
        /** By that argument, which needs certificates to be imported before. */
        IMPORTED_MATERIAL,
        /** Not at all. */
        NONE
    }

    /** How this server is told which transactions it has already. */
    enum GtidSeeding {
        /** The whole set at once. */
        SET,
        /** Interval by interval. */
        INTERVALS,
        /** Not at all. */
        NONE
    }

    Encryption encryption() {
        if (has(SET_SSL, 1)) {
            return Encryption.SWITCH;
        }
        if (facts.variable("aurora_version").isEmpty()) {
            return Encryption.ARGUMENT;
        }
        return has(IMPORT_SSL, 1) ? Encryption.IMPORTED_MATERIAL : Encryption.NONE;
    }

    GtidSeeding gtidSeeding() {
        if (has(GTID_PURGED, 1)) {
            return GtidSeeding.SET;
        }
        return has(GTID_PURGED_INTERVAL, 3) ? GtidSeeding.INTERVALS : GtidSeeding.NONE;
    }

    /** Whether it can follow GTIDs from a snapshot on. */
    boolean followsGtids() {
        return gtidSeeding() != GtidSeeding.NONE && autoPosition().isPresent();
    }

    /** That which takes host, port, user, password and whether to encrypt, and on RDS the delay. */
    Optional<Routine> autoPosition() {
        Optional<Routine> five = find(5, AUTO_POSITION, "rds_set_external_master_with_auto_position");
        return five.isPresent() ? five : find(6, AUTO_POSITION, "rds_set_external_master_with_auto_position");
    }

    /** That which takes the seven arguments and the delay. */
    Optional<Routine> withDelay() {
        return find(8, "rds_set_external_source_with_delay", "rds_set_external_master_with_delay");
    }

    Optional<Routine> nextLog() {
        return find(1, "rds_next_source_log", "rds_next_master_log");
    }

    /** Whether it has this procedure with so many arguments. */
    boolean has(String name, int arguments) {
        return find(arguments, name).isPresent();
    }

    /** How many workers apply on this server as a replica; 0 and 1 are one. */
    long parallelWorkers() {
        return facts.variable("replica_parallel_workers")
                .or(() -> facts.variable("slave_parallel_workers"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private Optional<Routine> find(int arguments, String... names) {
        return List.of(names).stream()
                .flatMap(name -> facts.routine(name).stream())
                .filter(routine -> routine.parameters().size() == arguments)
                .findFirst();
    }

    /** The call of a procedure without arguments, or with those that follow. */
    static ProcedureOperation call(OperationInfo info, String procedure, Statement call) {
        return new ProcedureOperation(info, procedure, call);
    }

    static ProcedureOperation call(OperationInfo info, String procedure) {
        return call(info, procedure, Statement.of("CALL mysql." + procedure));
    }

    /** That the server lacks a procedure; empty if it has it. */
    Optional<Problem> lacks(String name) {
        return facts.routine(name).isPresent() ? Optional.empty() : Optional.of(missing(name));
    }

    Problem missing(String name) {
        return Problem.of(
                ManagedErrorCode.PROCEDURE_MISSING,
                "The server " + facts.address() + " offers no procedure mysql." + name);
    }

    static RequiredPrivilege execute(Target target) {
        return RequiredPrivilege.onDatabase(target, "EXECUTE", "mysql", "to call the procedures of RDS and Aurora");
    }
}
