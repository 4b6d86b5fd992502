// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.Engine;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a run may count on its source to keep a binary log, as far as that was known when the plan was compiled.
 *
 * @param keptOrNull zero if nobody promises anything, null if for ever or unknown
 * @param isRaised whether the run itself has raised it, so that what is gone already was removed by an older rule
 */
record LogRetention(@Nullable Duration keptOrNull, boolean isRaised) {
    static LogRetention of(CompiledPlan compiled, Engine source) {
        Optional<Duration> wanted =
                compiled.plan() instanceof ReplicationPlan plan ? plan.binlogRetention() : Optional.empty();
        Optional<Duration> before = compiled.sourceFacts().flatMap(source::binlogRetention);
        boolean isRaised = before.isPresent()
                && wanted.filter(longer -> longer.compareTo(before.get()) > 0).isPresent();
        return new LogRetention((isRaised ? wanted : before).orElse(null), isRaised);
    }

    /** Empty if for ever or unknown. */
    Optional<Duration> kept() {
        return Optional.ofNullable(keptOrNull);
    }
}
