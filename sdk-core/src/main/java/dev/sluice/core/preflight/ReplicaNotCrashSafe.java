// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** The replica writes down where it stands together with the rows. 8.0 does so unless told otherwise, 5.7 only if told. */
final class ReplicaNotCrashSafe extends NamedRule {
    private static final String REPOSITORY = "relay_log_info_repository";

    ReplicaNotCrashSafe() {
        super("replica-not-crash-safe", LogCode.REPLICA_NOT_CRASH_SAFE, Level.NOTE);
    }

    @Override
    public List<Problem> problems(StepContext context) {
        ServerFacts replica = context.replica();
        boolean file =
                replica.variable(REPOSITORY).filter("FILE"::equalsIgnoreCase).isPresent();
        return file && PlanReach.replicates(context)
                ? told(Labels.replica(context), List.of(REPOSITORY + "=FILE"))
                : List.of();
    }
}
