// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
        List<String> logs = logs(replica);
        return byProcedure && !logs.isEmpty() && PlanReach.beginsReplication(context)
                ? List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context)) + " has " + String.join(" and ", logs)
                                + ", which would hold the replication password"))
                : List.of();
    }

    /** The slow log holds it if the call takes long; the audit plugin of RDS and Aurora, if it is told to look at queries. */
    private static List<String> logs(ServerFacts server) {
        List<String> on = new ArrayList<>();
        Stream.of("general_log", "slow_query_log").filter(server::isOn).forEach(log -> on.add(log + "=ON"));
        String audited = server.variable("server_audit_events").orElse("").toUpperCase(Locale.ROOT);
        if (server.isOn("server_audit_logging") && (audited.isEmpty() || audited.contains("QUERY"))) {
            on.add("server_audit_logging=ON");
        }
        server.variable("audit_log_policy")
                .filter(policy -> policy.equalsIgnoreCase("ALL") || policy.equalsIgnoreCase("QUERIES"))
                .ifPresent(policy -> on.add("audit_log_policy=" + policy));
        return on;
    }
}
