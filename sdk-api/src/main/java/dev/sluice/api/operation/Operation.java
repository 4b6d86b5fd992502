// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import java.util.List;

/**
 * One thing that a step does, as pure data: previews print it, core runs it, journals hold it. There is no other description of
 * what a run does.
 */
public sealed interface Operation
        permits SqlOperation,
                ProcedureOperation,
                ControlPlaneOperation,
                SnapshotOperation,
                CopyOperation,
                WaitOperation,
                VerifyOperation,
                PersonOperation {
    /** What all operations have. */
    OperationInfo info();

    /** The lines that a preview shows for it: statements, calls, settings; never a secret. */
    List<String> preview();

    /** The slots that must be filled before it runs. */
    default List<Slot<?>> needs() {
        return List.of();
    }

    /** The slots that it fills. */
    default List<Slot<?>> fills() {
        return List.of();
    }

    /** Unique within its step. */
    default String id() {
        return info().id();
    }
}
