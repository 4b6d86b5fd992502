// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.coordinates.Coordinates;

/**
 * A value that is known only during the run: one step fills it, later steps need it, previews show its name. A plan in which a
 * needed slot is never filled does not compile. Immutable and thread-safe.
 *
 * @param name as it is stored
 * @param type what it holds
 * @param label for previews
 * @param <T> what it holds
 */
public record Slot<T>(String name, Class<T> type, String label) {
    /** Where in the source's binary log the snapshot stands. */
    public static final Slot<Coordinates> SNAPSHOT_COORDINATES =
            new Slot<>("snapshot-coordinates", Coordinates.class, "coordinates of the snapshot");

    /** Where in the source's binary log both servers are compared. */
    public static final Slot<Coordinates> VERIFICATION_COORDINATES =
            new Slot<>("verification-coordinates", Coordinates.class, "coordinates of the comparison");

    public Slot {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(label, "label");
    }
}
