// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

/** When an undo is played. */
public enum UndoScope {
    /** Released on every exit: a lock, read-only, an applier stopped for a check. */
    GUARD,
    /** Undone on success, cancel and abandon: raised retention, a temporary replica, a rule. */
    TEMPORARY,
    /** Undone only on cancel and abandon, dropped on success: an account, loaded tables, replication configuration. */
    ROLLBACK
}
