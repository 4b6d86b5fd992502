// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

/** How writers are held up while snapshots open. */
public enum LockKind {
    /** {@code FLUSH TABLES WITH READ LOCK}: every writer of the server waits. */
    GLOBAL_READ_LOCK,
    /** {@code LOCK TABLES … WRITE} over the scope: readers and writers of these tables wait. READ would starve under load. */
    TABLE_WRITE_LOCKS
}
