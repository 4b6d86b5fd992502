// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.verify.VerificationReport;
import org.jspecify.annotations.Nullable;

/**
 * What an operation came to, as a {@link ServerAccess} tells it. Immutable and thread-safe.
 *
 * @param coordinates of a snapshot that was opened, else null
 * @param verification of a comparison that was made, else null
 * @param rows rows that a copy confirmed, else 0
 * @param bytes bytes that a copy sent, else 0
 */
public record OperationOutcome(
        @Nullable Coordinates coordinates, @Nullable VerificationReport verification, long rows, long bytes) {
    /** Done, with nothing to tell. */
    public static final OperationOutcome DONE = new OperationOutcome(null, null, 0, 0);
}
