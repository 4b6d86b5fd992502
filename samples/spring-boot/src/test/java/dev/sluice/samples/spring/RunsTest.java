// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import static dev.sluice.api.plan.GuideStep.ENABLE_REPLICATION;
import static dev.sluice.testing.assertions.SluiceAssertions.assertThat;
import static dev.sluice.testing.assertions.SluiceAssertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.MockEngine;
import dev.sluice.testing.MockMySql;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is refused as runs stand, without servers. */
@Timeout(60)
class RunsTest {
    private final Journal journal = Journal.inMemory();
    private final Sluice sluice = MockEngine.create().sluice().journal(journal).build();
    private final Runs runs = new Runs(sluice);
    private final ReplicationPlan plan = ReplicationPlan.from(MockMySql.named("db1"))
            .to(MockMySql.named("db2"))
            .pauseBefore(ENABLE_REPLICATION);

    @AfterEach
    void close() {
        sluice.close();
    }

    private ReplicationRun paused() {
        ReplicationRun run = runs.start(plan);
        await().until(() -> run.status().state() == RunState.PAUSED);
        return run;
    }

    private static void awaitState(ReplicationRun run, RunState state) {
        await().until(() -> run.status().state() == state);
    }

    private static void refused(ReplicationRun run, ThrowingCallable call, String why) {
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(call)
                .withMessage("The run " + run.id() + " " + why)
                .satisfies(refused -> assertThat(refused.address()).isEqualTo("/runs/" + run.id()));
    }

    @Test
    void aReplicaThatARunWorksOnGetsNoSecond() {
        ReplicationRun first = paused();

        refused(first, () -> runs.start(plan), "works on db2 already");
        refused(first, () -> runs.start(plan.withBinlogPosition()), "works on db2 already");
        ReplicationRun other =
                runs.start(ReplicationPlan.from(MockMySql.named("db1")).to(MockMySql.named("db3")));

        assertThat(other.id()).isNotEqualTo(first.id());
    }

    @Test
    void aReplicaThatIsFreeAgainGetsAnother() {
        ReplicationRun first = paused();
        runs.cancel(first.id().value());
        awaitState(first, RunState.CANCELLED);

        assertThat(paused().id()).isNotEqualTo(first.id());
    }

    @Test
    void aRunThatHasEndedIsNeitherCancelledNorGoneOnWith() {
        ReplicationRun run = paused();
        String id = run.id().value();
        runs.proceed(id);
        awaitState(run, RunState.SUCCEEDED);

        refused(run, () -> runs.proceed(id), "has ended: it is SUCCEEDED");
        refused(run, () -> runs.cancel(id), "has ended: it is SUCCEEDED");

        assertThat(run.status().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aRunOfAnotherProcessIsLeftToIt() {
        ReplicationRun run = paused();
        try (Sluice another = MockEngine.create().sluice().journal(journal).build()) {
            Runs there = new Runs(another);

            refused(run, () -> there.cancel(run.id().value()), "is not driven by this process: it is UNDER_WAY");
            refused(run, () -> there.start(plan), "works on db2 already");
        }
    }

    @Test
    void whatNobodyKnowsIsNotFound() {
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> runs.cancel("r-nothing"));
    }
}
