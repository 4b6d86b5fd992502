// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.spi.ServerSession;

/**
 * Reads how the scope is defined: its tables, views, routines, triggers and events. Asked before the lock and again after the
 * snapshots are open: equal answers prove that the definitions belong to the coordinates. {@code LOCK TABLES} alone does not
 * hold back {@code CREATE TABLE}, {@code CREATE VIEW} or {@code CREATE PROCEDURE}.
 */
@FunctionalInterface
public interface Definitions {
    /**
     * A value that is equal exactly if the definitions are.
     *
     * @throws dev.sluice.api.error.StepException if they cannot be read
     */
    String fingerprint(ServerSession session);
}
