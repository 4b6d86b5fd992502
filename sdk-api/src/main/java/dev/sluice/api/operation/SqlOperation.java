// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import java.util.List;

/**
 * A statement that changes something. Core runs it on its target in a session with autocommit on. Immutable and thread-safe.
 *
 * @param info what all operations have
 * @param statement the statement
 */
public record SqlOperation(OperationInfo info, Statement statement) implements Operation {
    @Override
    public List<String> preview() {
        return List.of(statement.preview());
    }

    @Override
    public List<Slot<?>> needs() {
        return statement.needs();
    }
}
