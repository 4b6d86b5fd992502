// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;
import java.util.stream.Stream;

/** The replica applies transactions side by side, as the source's sessions wrote them. */
final class SingleApplier extends NamedRule {
    SingleApplier() {
        super("single-applier", LogCode.SINGLE_APPLIER, Level.NOTE);
    }

    @Override
    public List<Problem> problems(StepContext context) {
        List<String> single = Stream.of("replica_parallel_workers", "slave_parallel_workers")
                .filter(name -> context.replica()
                        .variable(name)
                        .filter(workers -> workers.equals("0") || workers.equals("1"))
                        .isPresent())
                .limit(1)
                .map(name -> name + "=" + context.replica().variable(name).orElseThrow())
                .toList();
        return PlanReach.replicates(context) ? told(Labels.replica(context), single) : List.of();
    }
}
