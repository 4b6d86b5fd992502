// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.plantests;

import static dev.sluice.api.plan.GuideStep.CREATE_REPLICATION_USER;
import static dev.sluice.api.plan.GuideStep.ENABLE_REPLICATION;
import static dev.sluice.api.plan.GuideStep.LOAD;
import static dev.sluice.api.plan.GuideStep.RETAIN_BINLOGS;
import static dev.sluice.testing.MockFailure.lostAnswer;
import static dev.sluice.testing.MockFailure.refused;
import static dev.sluice.testing.MockFailure.transientError;
import static dev.sluice.testing.assertions.SluiceAssertions.assertThat;
import static dev.sluice.testing.assertions.SluiceAssertions.assertThatThrownBy;
import static dev.sluice.testing.assertions.SluiceAssertions.hours;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.secret.Secret;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.aurora.AuroraMySql;
import dev.sluice.core.Sluice;
import dev.sluice.rds.RdsEngine;
import dev.sluice.rds.RdsMySql;
import dev.sluice.testing.LagRule;
import dev.sluice.testing.ManualClock;
import dev.sluice.testing.MockEngine;
import dev.sluice.testing.MockFacts;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How to test a plan of one's own. No server, no credentials and no network: the engines for RDS and Aurora compile the plan, so that the
 * statements are the real ones, and a mock takes the servers' place. All of it takes a second.
 */
class OrdersMigrationTest {
    // The endpoints of production. Nothing looks the secrets up, and nobody connects.
    private final RdsMySql source =
            RdsMySql.instance("orders").region("eu-west-1").credentials("admin", Secret.env("SOURCE_PASSWORD"));
    private final AuroraMySql replica =
            AuroraMySql.cluster("orders-prod").region("eu-west-1").credentials("admin", Secret.env("AURORA_PASSWORD"));

    // What the source says about itself: a healthy instance of RDS for MySQL 8.0 with these databases.
    private final MockFacts sourceFacts = MockFacts.rds80().databases("orders", "billing", "staff");

    // The mock stands in for the engines whose endpoints the plan names. By its clock days take no time.
    private final ManualClock clock = ManualClock.create();
    private final MockEngine mock = MockEngine.inPlaceOf(RdsEngine.create(), AuroraEngine.create())
            .clock(clock)
            .facts(source, sourceFacts);

    // A Sluice as in production, but for the engines, the clock and the secrets, which mock.sluice() has set.
    private final Sluice sluice = mock.sluice().build();

    private final ReplicationPlan plan = new OrdersMigration(source, replica).plan();

    @AfterEach
    void close() {
        sluice.close();
    }

    /** What the plan would do: steps, retention, consents. */
    @Test
    void keepsTheLogsLongEnoughAndInterruptsNobody() {
        CompiledPlan compiled = sluice.compile(plan);

        assertThat(compiled)
                .includesSteps(RETAIN_BINLOGS, CREATE_REPLICATION_USER, LOAD, ENABLE_REPLICATION)
                .retainsBinlogsFor(hours(144))
                .asksForNoConsent()
                .doesNotRestart(source)
                .doesNotRestart(replica)
                .sends("CALL mysql.rds_set_external_source")
                .canUndo(CREATE_REPLICATION_USER);
    }

    /** Every statement, in a file that a reviewer sees change. {@code -Dsluice.golden.write=true} writes it. */
    @Test
    void doesWhatWasReviewed() {
        assertThat(sluice.compile(plan)).explainsAs(Path.of("src/test/resources/plantests/orders-migration.txt"));
    }

    /** What the servers say decides. Here the source has no binary log, which on RDS means an outage that nobody has agreed to. */
    @Test
    void isRefusedWhereTheSourceWritesNoBinaryLog() {
        mock.facts(source, sourceFacts.binlogOff());

        assertThatThrownBy(() -> sluice.compile(plan))
                .isInstanceOf(PlanRejectedException.class)
                .hasMessageContaining("allowBackupRetentionChange()");
    }

    /** A run from end to end, with what goes wrong on the way. */
    @Test
    void survivesWhatPassesByItself() throws InterruptedException {
        mock.on(RETAIN_BINLOGS).failsOnce(transientError()).thenSucceeds();
        mock.on(CREATE_REPLICATION_USER).failsOnce(lostAnswer()).thenSucceeds();

        RunResult result = sluice.start(sluice.compile(plan)).await();

        assertThat(result).succeeded().isVerified().leftNothing();
        assertThat(mock.statements()).anyMatch(sql -> sql.startsWith("CREATE USER"));
        // Else a script of a row that has nothing to do would pass in silence.
        assertThat(mock).hasMetAllScripts();
    }

    /** Days of loading and catching up, by the clock of the test. */
    @Test
    void loadsADayAndCatchesUpTwo() throws InterruptedException {
        mock.on(LOAD).takes(hours(24));
        mock.lag(LagRule.shrinking(hours(24), 1.5));

        RunResult result = sluice.start(sluice.compile(plan)).await();

        assertThat(result).succeeded().tookAtLeast(hours(71)).tookAtMost(hours(73));
    }

    /** A load that takes too long is ended by its deadline, not by whoever notices. */
    @Test
    void givesUpALoadThatTakesLongerThanTheWeekend() {
        mock.on(LOAD).takes(Duration.ofDays(3));

        RunResult result = run(plan.deadline(LOAD, hours(60)));

        assertThat(result).failedWith("CORE-612").failedIn(LOAD);
    }

    /** What a failed run has changed is taken back by {@code abandon()}. */
    @Test
    void leavesNothingBehindOnceItIsAbandoned() throws InterruptedException {
        mock.on(ENABLE_REPLICATION).thenFails(refused());
        ReplicationRun run = sluice.start(sluice.compile(plan));
        assertThat(ended(run)).failedIn(ENABLE_REPLICATION);

        assertThat(run.abandon()).leftNothing().undid("drop 'sluice_repl'");
    }

    /** The same plan again finds everything done. */
    @Test
    void changesNothingTheSecondTime() {
        assertThat(run(plan)).succeeded();

        assertThat(run(plan)).succeeded().changedNothing();
    }

    private RunResult run(ReplicationPlan wanted) {
        return ended(sluice.start(sluice.compile(wanted)));
    }

    /** {@code await()} throws if a run fails; this gives its result. */
    private static RunResult ended(ReplicationRun run) {
        return run.completion().toCompletableFuture().join();
    }
}
