// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.preflight;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.preflight.Finding.Level;

/**
 * One of the rules and checks that plans are judged by, as {@code docs/preflight.md} lists them. Immutable and thread-safe.
 *
 * @param id its stable name, by which a plan can leave it out
 * @param level how bad its worst finding is
 * @param code what it finds, with meaning and remedy
 * @param canBeSkipped whether {@code ReplicationPlan.skipChecks} takes its id
 */
public record CheckDescription(String id, Level level, ErrorCode code, boolean canBeSkipped) {
    public CheckDescription {
        requireNonNull(id, "id");
        requireNonNull(level, "level");
        requireNonNull(code, "code");
    }
}
