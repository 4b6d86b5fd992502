// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.diagnosis;

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
        String told = worker.map(WorkerErrors.Found::gtid).orElse("");
        RelayedTransaction found = status.map(row -> relayed(row, told)).orElse(RelayedTransaction.UNKNOWN);
        if (told.isEmpty()
                && !holds(found, worker.map(WorkerErrors.Found::endLogPos).orElse(""))) {
            return Optional.empty();
        }
        String gtid = told.isEmpty() ? found.gtid() : told;
        List<Remedy.Condition> conditions = new ArrayList<>();
        status.ifPresent(row -> conditions.add(condition(sameStatus(row))));
        if (!gtid.isEmpty()) {
            conditions.add(condition(
                    new OnlyIf("SELECT GTID_SUBSET(" + Quote.literal(gtid) + ", @@GLOBAL.gtid_executed)", "0")));
        }
        if (!told.isEmpty()) {
            WorkerErrors again = new WorkerErrors(replica, dialect);
            conditions.add(condition(new OnlyIf(
                    again.query("CONCAT(" + again.column() + ", ' ', LAST_ERROR_MESSAGE) LIKE "
                            + Quote.literal("%" + gtid + "%")),
                    "1")));
        }
        return Optional.of(new StuckTransaction(gtid, found.content(), conditions));
    }

    /** Without a GTID the transaction that comes next has to be the one that failed: several workers may have gone past each other. */
    private static boolean holds(RelayedTransaction found, String endLogPos) {
        return endLogPos.isEmpty() ? !found.content().isEmpty() : found.ends().contains(endLogPos);
    }

    private static Remedy.Condition condition(OnlyIf look) {
        return new Remedy.Condition(Target.REPLICA, look, OTHERWISE);
    }

    private String statusOfChannel() {
        return dialect.showReplicaStatus() + " FOR CHANNEL " + Quote.literal("");
    }

    private OnlyIf sameStatus(Row row) {
        boolean isNew = row.find("Relay_Source_Log_File").isPresent();
        List<String> columns = isNew
                ? List.of("Relay_Source_Log_File", "Exec_Source_Log_Pos", "Last_SQL_Errno")
                : List.of("Relay_Master_Log_File", "Exec_Master_Log_Pos", "Last_SQL_Errno");
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
