// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One kind of managed server, as far as the steps that all kinds do alike have to know it. What differs between versions of one kind is
 * looked up on the server. Immutable and thread-safe.
 *
 * @param engine the engine that the steps belong to
 * @param name for people, such as {@code RDS for MySQL}
 * @param mostRetentionHours the longest that it keeps binary logs
 * @param wishes what a plan asks of its replica beyond what all plans do
 * @param sourceWishes the same of its source
 */
public record ManagedKind(
        EngineId engine,
        String name,
        long mostRetentionHours,
        Function<StepContext, List<ManagedWish>> wishes,
        Function<StepContext, List<ManagedWish>> sourceWishes) {
    public ManagedKind {
        requireNonNull(engine, "engine");
        requireNonNull(name, "name");
        requireNonNull(wishes, "wishes");
        requireNonNull(sourceWishes, "sourceWishes");
    }

    /** The key of a step of this kind, in its first version. */
    public StepKey key(String step) {
        return new StepKey(engine, step, 1);
    }

    /** What the plan asks of its replica of this type; the last one counts. */
    public <W extends ManagedWish> Optional<W> wish(StepContext context, Class<W> type) {
        return last(wishes, context, type);
    }

    /** What it asks of its source of this type; the last one counts. */
    public <W extends ManagedWish> Optional<W> sourceWish(StepContext context, Class<W> type) {
        return last(sourceWishes, context, type);
    }

    private static <W extends ManagedWish> Optional<W> last(
            Function<StepContext, List<ManagedWish>> wishes, StepContext context, Class<W> type) {
        return wishes.apply(context).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((earlier, later) -> later);
    }
}
