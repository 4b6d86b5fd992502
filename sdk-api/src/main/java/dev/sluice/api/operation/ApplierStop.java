// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * The statements by which a replica's applier is stopped at exactly one position of its source and goes on afterwards. A refusal of one is
 * judged by looking at the replica. Immutable and thread-safe.
 *
 * @param stop stops the applier; on some servers the receiver as well
 * @param runUntil starts it until {@link Slot#VERIFICATION_COORDINATES}
 * @param start starts it for good; stopping comes before
 * @param guards what starts it again, in whatever state it was left; the last one is played first
 */
public record ApplierStop(Statement stop, Statement runUntil, Statement start, List<Undo> guards) {
    public ApplierStop {
        requireNonNull(stop, "stop");
        requireNonNull(runUntil, "runUntil");
        requireNonNull(start, "start");
        guards = List.copyOf(guards);
    }

    /** What is sent to the replica, in order. */
    public List<String> preview() {
        return Stream.of(stop, runUntil, stop, start).map(Statement::preview).toList();
    }
}
