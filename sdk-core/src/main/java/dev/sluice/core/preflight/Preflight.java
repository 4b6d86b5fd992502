// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.StepContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the servers of a compiled plan for whatever would go wrong, before anything is changed: core's own checks, then those of
 * the engines, one after the other on one session a server, each within a time of its own. Reads only. Immutable and thread-safe.
 */
public final class Preflight {
    /** How long each check may take where nobody says otherwise. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

    private final Clock clock;
    private final Duration limit;

    /** With {@link #DEFAULT_LIMIT} for each check. */
    public Preflight(Clock clock) {
        this(clock, DEFAULT_LIMIT);
    }

    /**
     * With a time of the caller's.
     *
     * @param limit how long each check may take
     */
    public Preflight(Clock clock, Duration limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /**
     * Makes all checks.
     *
     * @param context the context in which the plan was compiled
     * @param engineChecks for a plan that sets up a replication, those of the source's and the replica's engine
     * @return all findings, also of checks that could not be made; never throws for what a server does
     */
    public PreflightReport run(
            CompiledPlan compiled, StepContext context, List<Check> engineChecks, CheckServers servers) {
        List<String> made = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        boolean setsUp = compiled.plan() instanceof ReplicationPlan;
        List<Check> checks = new ArrayList<>();
        if (setsUp) {
            ServerRules.RULES.forEach(rule -> made.add(rule.id()));
            findings.addAll(new ServerRules().findings(context));
            checks.addAll(context.replica().isExpected() ? LiveChecks.ofCreated() : LiveChecks.of(compiled, servers));
            checks.addAll(engineChecks);
        } else {
            checks.addAll(LiveChecks.ofEnd());
        }
        try (CheckRunner runner = new CheckRunner(compiled, context, servers, limit)) {
            makeAll(checks, runner, made, findings);
        }
        return new PreflightReport(compiled.fingerprint(), clock.instant(), made, findings);
    }

    private static void makeAll(List<Check> checks, CheckRunner runner, List<String> made, List<Finding> findings) {
        if (!make(new ServersReachable(), runner, made, findings).isEmpty()) {
            return;
        }
        for (Check check : checks) {
            List<Finding> found = make(check, runner, made, findings);
            if (found.stream().anyMatch(finding -> finding.problem().code() == CheckCode.CHECK_INTERRUPTED)) {
                return;
            }
        }
    }

    private static List<Finding> make(Check check, CheckRunner runner, List<String> made, List<Finding> findings) {
        made.add(check.id());
        List<Finding> found = runner.run(check);
        findings.addAll(found);
        return found;
    }
}
