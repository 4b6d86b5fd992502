// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.operation.Operation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a step saw when it looked at the servers. */
public sealed interface Look permits Look.Done, Look.Missing, Look.Unknown {
    /** What was seen, for events and the journal; never a secret. */
    String evidence();

    /** The servers are as the step wants them. */
    static Look done(String evidence) {
        return new Done(evidence);
    }

    /**
     * The servers are as the step wants them, and show where in the source's binary log the snapshot stands. Core keeps the coordinates and
     * refuses other ones later in the run.
     */
    static Look done(String evidence, Coordinates coordinates) {
        return new Done(evidence, coordinates);
    }

    /** These operations of the compiled step, in its order, are still to be done. */
    static Look missing(String evidence, List<? extends Operation> operations) {
        return new Missing(evidence, operations.stream().map(Operation::id).toList());
    }

    /** It cannot be told; the run looks again until it can or the step's deadline is over. */
    static Look unknown(String evidence) {
        return new Unknown(evidence);
    }

    /**
     * The servers are as the step wants them.
     *
     * @param coordinatesOrNull of the snapshot, as the servers show them, or null; see {@link #coordinates()}
     */
    record Done(String evidence, @Nullable Coordinates coordinatesOrNull) implements Look {
        /** Done, by a step that finds out no coordinates. */
        public Done(String evidence) {
            this(evidence, null);
        }

        /** The snapshot's coordinates, where this step is the one that finds them out. */
        public Optional<Coordinates> coordinates() {
            return Optional.ofNullable(coordinatesOrNull);
        }
    }

    /** Operations of the compiled step that are still to be done, by id. */
    record Missing(String evidence, List<String> operationIds) implements Look {
        public Missing {
            operationIds = List.copyOf(operationIds);
            if (operationIds.isEmpty()) {
                throw new IllegalArgumentException("A look that misses something names at least one operation");
            }
        }
    }

    /** It cannot be told yet. */
    record Unknown(String evidence) implements Look {}
}
