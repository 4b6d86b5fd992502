// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Dialect;
import java.util.List;

/**
 * A replica that does not start replication when it restarts. The variable is read-only, so that it is written into
 * {@code mysqld-auto.cnf} for the next start; MySQL has it as a variable from 8.0.24 on, before only as an option.
 *
 * @param replica the replica's facts
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-options-replica.html">MySQL: skip_replica_start</a>
 */
record StayStopped(ServerFacts replica) {
    private Dialect dialect() {
        return Dialect.of(replica.version());
    }

    private String variable() {
        return dialect().stayStoppedVariable();
    }

    boolean canBeSet() {
        return dialect().canStayStoppedAfterRestart();
    }

    /** As the facts have it: running so, and not only until the next start, or written for it. */
    boolean isSet() {
        return PersistedVariables.find(replica, variable())
                .map("ON"::equalsIgnoreCase)
                .orElse(replica.isOn(variable()));
    }

    boolean isSetNow(ServerSession session) {
        return session.queryValue(PersistedVariables.query(variable()))
                .filter("ON"::equalsIgnoreCase)
                .isPresent();
    }

    SqlOperation operation(String id) {
        OperationInfo info = OperationInfo.changing(
                        id, Target.REPLICA, "let a restart of the replica not start replication without its filter")
                .undoneBy(new Undo(
                        UndoScope.ROLLBACK,
                        "let a restart of the replica start replication again",
                        forgetting(),
                        new OnlyIf(PersistedVariables.query(variable()), "ON")));
        return new SqlOperation(info, Statement.of("SET PERSIST_ONLY " + variable() + " = ON"));
    }

    Statement forgetting() {
        return Statement.of("RESET PERSIST IF EXISTS " + variable());
    }

    /** Whether it is written for the next start, and not only running so or in an option file. */
    boolean isPersisted() {
        return PersistedVariables.find(replica, variable())
                .filter("ON"::equalsIgnoreCase)
                .isPresent();
    }

    RequiredPrivilege privilege() {
        return new RequiredPrivilege(Target.REPLICA, List.of("SYSTEM_VARIABLES_ADMIN"), "to persist " + variable());
    }

    RequiredPrivilege privilegeForReadOnly() {
        return new RequiredPrivilege(Target.REPLICA, List.of("PERSIST_RO_VARIABLES_ADMIN"), "to persist " + variable());
    }
}
