// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import java.util.List;

/**
 * Something that is looked at before anything is changed. Checks of one plan are made side by side, each on sessions that it has to itself
 * meanwhile. Implementations are immutable and thread-safe.
 */
public interface Check {
    /** A stable name such as {@code source-row-format}, by which a plan's findings are told apart. */
    String id();

    /** How bad its worst finding is, and how bad it is that the check could not be made. */
    Level level();

    /** The code of what it finds, with meaning and remedy for the list of all checks. */
    ErrorCode code();

    /**
     * Whether a plan may leave it out. Not where the run would go on without an error, and lose or mix up rows.
     *
     * @return true unless overridden
     */
    default boolean canBeSkipped() {
        return true;
    }

    /** What it finds; empty if all is well. Reads only. */
    List<Finding> examine(LiveContext context);
}
