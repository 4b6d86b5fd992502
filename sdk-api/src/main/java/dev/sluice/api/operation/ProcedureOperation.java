// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import java.util.List;

/**
 * A call of a stored procedure. Core runs it with autocommit on and drains all its results. Its outcome is judged by looking at
 * the server, not by the call: procedures of managed servers raise errors for states that are not errors. Immutable and
 * thread-safe.
 *
 * @param info what all operations have
 * @param procedure the procedure's name, as the server offers it
 * @param call the whole {@code CALL} statement
 */
public record ProcedureOperation(OperationInfo info, String procedure, Statement call) implements Operation {
    @Override
    public List<String> preview() {
        return List.of(call.preview());
    }

    @Override
    public List<Slot<?>> needs() {
        return call.needs();
    }
}
