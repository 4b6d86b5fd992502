// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.spi.ServerSession;
import java.util.List;

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
     * @param sessions at least one; they see the present, and may be used side by side
     * @throws dev.sluice.api.error.StepException if they cannot be read
     */
    String fingerprint(List<? extends ServerSession> sessions);
}
