// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.plan.Consent;

/** Has an operation demand a consent that lies in the remedy and not in the statement. */
final class Demanding {
    private Demanding() {}

    static Operation consent(Operation operation, Consent consent) {
        OperationInfo info = operation.info().disruptiveWith(consent);
        if (operation instanceof SqlOperation sql) {
            return new SqlOperation(info, sql.statement(), sql.settingsOrNull());
        }
        if (operation instanceof ProcedureOperation procedure) {
            return new ProcedureOperation(info, procedure.procedure(), procedure.call());
        }
        throw new IllegalArgumentException("Not an operation of a remedy: " + operation.id());
    }
}
