// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.plan.Consent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every operation has. Immutable and thread-safe.
 *
 * @param id unique within its step, stable between compilations
 * @param target where it works
 * @param purpose one sentence for people
 * @param change how much it does
 * @param undos what reverses it, journaled before it runs; empty if nothing needs to or nothing can
 * @param consentOrNull what the plan must allow by name, or null; see {@link #consent()}
 */
public record OperationInfo(
        String id,
        Target target,
        String purpose,
        Change change,
        List<Undo> undos,
        @Nullable Consent consentOrNull) {
    public OperationInfo {
        requireNonNull(id, "id");
        requireNonNull(target, "target");
        requireNonNull(purpose, "purpose");
        requireNonNull(change, "change");
        undos = List.copyOf(undos);
    }

    /** Something that changes the target. */
    public static OperationInfo changing(String id, Target target, String purpose) {
        return new OperationInfo(id, target, purpose, Change.CHANGES, List.of(), null);
    }

    /** Something that reads or waits. */
    public static OperationInfo reading(String id, Target target, String purpose) {
        return new OperationInfo(id, target, purpose, Change.NOTHING, List.of(), null);
    }

    /** The same with one more undo. */
    public OperationInfo undoneBy(Undo undo) {
        List<Undo> more = new java.util.ArrayList<>(undos);
        more.add(undo);
        return new OperationInfo(id, target, purpose, change, more, consentOrNull);
    }

    /** The same, which interrupts or removes something and needs this consent. */
    public OperationInfo disruptiveWith(Consent needed) {
        return new OperationInfo(id, target, purpose, Change.DISRUPTS, undos, needed);
    }

    /** What the plan must allow by name. */
    public Optional<Consent> consent() {
        return Optional.ofNullable(consentOrNull);
    }
}
