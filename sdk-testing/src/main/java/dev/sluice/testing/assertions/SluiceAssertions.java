// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.report.RunReport;
import dev.sluice.testing.MockEngine;
import java.time.Duration;
import org.assertj.core.api.Assertions;

/**
 * Where assertions begin. It has those of AssertJ as well, so that one import does:
 *
 * <pre>{@code
 * import static dev.sluice.testing.assertions.SluiceAssertions.assertThat;
 * import static dev.sluice.testing.assertions.SluiceAssertions.hours;
 *
 * assertThat(compiled)
 *         .hasSteps(RETAIN_BINLOGS, CREATE_REPLICATION_USER, PREPARE_REPLICA, SNAPSHOT, LOAD)
 *         .retainsBinlogsFor(hours(144))
 *         .asksConsentFor(Consent.SOURCE_RESTART)
 *         .doesNotRestart(source);
 * }</pre>
 */
public class SluiceAssertions extends Assertions {
    /** Not for users: everything is static. */
    protected SluiceAssertions() {}

    /** About a plan that sets up a replication. */
    public static PlanAssert assertThat(ReplicationPlan plan) {
        return new PlanAssert(plan);
    }

    /** About what a plan comes to on its servers. */
    public static CompiledPlanAssert assertThat(CompiledPlan compiled) {
        return new CompiledPlanAssert(compiled);
    }

    /**
     * About what a run came to. {@code await()} throws for a run that failed; {@code run.completion().toCompletableFuture().join()} gives the
     * result of any.
     */
    public static RunResultAssert assertThat(RunResult result) {
        return new RunResultAssert(result);
    }

    /** About what preflight found. */
    public static PreflightReportAssert assertThat(PreflightReport report) {
        return new PreflightReportAssert(report);
    }

    /** About a comparison of replica and source. */
    public static VerificationReportAssert assertThat(VerificationReport report) {
        return new VerificationReportAssert(report);
    }

    /** About the report of a run. */
    public static RunReportAssert assertThat(RunReport report) {
        return new RunReportAssert(report);
    }

    /** About what became of a mock's scripts. */
    public static MockEngineAssert assertThat(MockEngine mock) {
        return new MockEngineAssert(mock);
    }

    /** So many hours, to be read in a sentence. */
    public static Duration hours(long number) {
        return Duration.ofHours(number);
    }
}
