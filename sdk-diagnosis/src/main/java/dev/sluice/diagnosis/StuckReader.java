// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.diagnosis.StuckTransaction;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds out which transaction the applier could not apply and what is in it, from the replica's own relay log.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/show-relaylog-events.html">MySQL: SHOW RELAYLOG EVENTS</a>
 */
final class StuckReader {
    /** With several workers the transaction may stand some way behind the first one that is not applied. */
    private static final int MOST_EVENTS = 2000;

    private static final String OTHERWISE = "the applier does not stand at this transaction any more";

    private final ServerSession replica;
    private final Dialect dialect;

    StuckReader(ServerSession replica, Dialect dialect) {
        this.replica = replica;
        this.dialect = dialect;
    }

    /** Empty where it cannot be told which one it is. */
    Optional<StuckTransaction> read(Optional<WorkerErrors.Found> worker) {
        Optional<Row> status = replica.query(statusOfChannel()).stream().findFirst();
        // Who may not read the workers' errors has the text by which the coordinator quotes one of them.
        FailedAt failed = worker.map(WorkerErrors.Found::at)
                .or(() -> status.map(FailedAt::toldBy))
                .orElse(FailedAt.UNKNOWN);
        RelayedTransaction found =
                status.map(row -> relayed(row, failed.gtid())).orElse(RelayedTransaction.UNKNOWN);
        if (failed.gtid().isEmpty() && !isFirst(found, failed.endLogPos())) {
            return Optional.empty();
        }
        String gtid = failed.gtid().isEmpty() ? found.gtid() : failed.gtid();
        List<Remedy.Condition> conditions = new ArrayList<>();
        status.ifPresent(row -> conditions.add(condition(sameStatus(row, worker.isEmpty()))));
        if (!gtid.isEmpty()) {
            conditions.add(condition(
                    new OnlyIf("SELECT GTID_SUBSET(" + Quote.literal(gtid) + ", @@GLOBAL.gtid_executed)", "0")));
        }
        if (worker.isPresent() && !failed.gtid().isEmpty()) {
            WorkerErrors again = new WorkerErrors(replica, dialect);
            conditions.add(condition(new OnlyIf(
                    again.query("CONCAT(" + again.column() + ", ' ', LAST_ERROR_MESSAGE) LIKE "
                            + Quote.literal("%" + gtid + "%")),
                    "1")));
        }
        return Optional.of(new StuckTransaction(gtid, found.content(), conditions));
    }

    /**
     * Without a GTID the transaction that comes next has to be the one that failed: several workers may have gone past each other, so that the error has
     * to say where it ended, unless there is one worker at most.
     */
    private boolean isFirst(RelayedTransaction found, String endLogPos) {
        return endLogPos.isEmpty()
                ? !found.content().isEmpty() && !appliesInParallel()
                : found.ends().contains(endLogPos);
    }

    private boolean appliesInParallel() {
        return replica.queryValue("SELECT @@GLOBAL." + dialect.variable("replica_parallel_workers"))
                .filter(workers -> workers.equals("0") || workers.equals("1"))
                .isEmpty();
    }

    private static Remedy.Condition condition(OnlyIf look) {
        return new Remedy.Condition(Target.REPLICA, look, OTHERWISE);
    }

    private String statusOfChannel() {
        return dialect.showReplicaStatus() + " FOR CHANNEL " + Quote.literal("");
    }

    /** @param byTime whether nothing else tells a later error from this one */
    private OnlyIf sameStatus(Row row, boolean byTime) {
        boolean isNew = row.find("Relay_Source_Log_File").isPresent();
        List<String> columns = new ArrayList<>(
                isNew
                        ? List.of("Relay_Source_Log_File", "Exec_Source_Log_Pos", "Last_SQL_Errno")
                        : List.of("Relay_Master_Log_File", "Exec_Master_Log_Pos", "Last_SQL_Errno"));
        if (byTime) {
            columns.add("Last_SQL_Error_Timestamp");
        }
        return new OnlyIf(
                statusOfChannel(),
                columns,
                columns.stream().map(column -> row.find(column).orElse("")).collect(Collectors.joining(" ")));
    }

    private RelayedTransaction relayed(Row status, String gtid) {
        String file = status.find("Relay_Log_File").orElse("");
        if (file.isEmpty()) {
            return RelayedTransaction.UNKNOWN;
        }
        try {
            return RelayedTransaction.of(
                    replica.query("SHOW RELAYLOG EVENTS IN " + Quote.literal(file) + " FROM "
                            + status.number("Relay_Log_Pos") + " LIMIT " + MOST_EVENTS + " FOR CHANNEL "
                            + Quote.literal("")),
                    gtid);
        } catch (StepRefusedException unreadable) {
            // A damaged relay log, or a user who may not read it: the transaction is told without its content.
            return RelayedTransaction.UNKNOWN;
        }
    }
}
