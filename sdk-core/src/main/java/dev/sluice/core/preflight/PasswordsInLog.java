// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** A replica that is told its source by a procedure writes the password into the logs that it keeps of statements: MySQL masks only its own statements. */
final class PasswordsInLog implements FactsRule {
    @Override
    public String id() {
        return "passwords-in-log";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.PASSWORDS_IN_LOG;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        ServerFacts replica = context.replica();
        boolean byProcedure =
                replica.routines().stream().anyMatch(routine -> routine.name().startsWith("rds_set_external_"));
        return byProcedure && replica.isOn("general_log") && PlanReach.beginsReplication(context)
                ? List.of(Problem.of(
                        code(),
                        "The general log of " + Labels.replica(context)
                                + " is on and would hold the replication password"))
                : List.of();
    }
}
