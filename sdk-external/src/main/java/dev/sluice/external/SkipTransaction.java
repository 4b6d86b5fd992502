// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.diagnosis.StuckTransaction;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Consent;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.Sql;
import java.util.List;

/**
 * Leaves one transaction out: with a GTID by an empty transaction of the same GTID, without by the skip counter, which servers refuse where all
 * transactions have GTIDs.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-administration-skip.html">MySQL: skipping transactions</a>
 */
final class SkipTransaction {
    private SkipTransaction() {}

    /** Nothing where it cannot be told which transaction it is. */
    static List<Operation> of(ServerFacts replica, StuckTransaction stuck) {
        if (stuck.hasGtid()) {
            return byGtid(stuck.gtid());
        }
        return replica.gtidsOn() ? List.of() : List.of(byCounter(Dialect.of(replica.version())));
    }

    private static List<Operation> byGtid(String gtid) {
        return List.of(
                operation(
                        "name-transaction",
                        "take the place of the transaction",
                        Sql.text("SET SESSION gtid_next = ").literal(gtid).build()),
                operation("begin-empty", "begin an empty transaction in its place", Statement.of("BEGIN")),
                operation(
                        "commit-empty",
                        "end it, so that the replica takes the GTID for applied",
                        Statement.of("COMMIT")),
                operation(
                        "name-none",
                        "go back to GTIDs of the server's own",
                        Statement.of("SET SESSION gtid_next = 'AUTOMATIC'")));
    }

    private static Operation byCounter(Dialect dialect) {
        return operation(
                "skip-next",
                "have the applier leave out the next transaction",
                Statement.of("SET GLOBAL " + dialect.variable("sql_replica_skip_counter") + " = 1"));
    }

    private static Operation operation(String id, String purpose, Statement statement) {
        return new SqlOperation(
                OperationInfo.changing(id, Target.REPLICA, purpose).disruptiveWith(Consent.SKIPPED_CHANGES), statement);
    }
}
