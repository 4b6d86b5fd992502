// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static dev.sluice.api.plan.GuideStep.CATCH_UP;
import static dev.sluice.api.plan.GuideStep.CREATE_REPLICATION_USER;
import static dev.sluice.api.plan.GuideStep.ENABLE_REPLICATION;
import static dev.sluice.api.plan.GuideStep.LOAD;
import static dev.sluice.api.plan.GuideStep.RETAIN_BINLOGS;
import static dev.sluice.testing.MockFailure.transientError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.spi.Engine;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.mysql.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plans of days in no time: each of these would take hours by a clock on the wall. */
@Timeout(30)
class ManualClockTest {
    private static final MockMySql DB1 = MockMySql.named("db1");
    private static final MockMySql DB2 = MockMySql.named("db2");

    private final ManualClock clock = ManualClock.create();
    private final MockEngine mock = MockEngine.create().clock(clock);
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private final Sluice sluice = mock.sluice().listener(events::add).build();
    private final ReplicationPlan plan = ReplicationPlan.from(DB1).to(DB2).retainBinlogs(Duration.ofHours(144));

    @AfterEach
    void close() {
        sluice.close();
    }

    private RunResult run(ReplicationPlan wanted) throws InterruptedException {
        return sluice.start(sluice.compile(wanted)).await();
    }

    @Test
    void aSlowLoadTakesItsTime() throws InterruptedException {
        mock.on(LOAD).takes(Duration.ofHours(30));

        RunResult result = run(plan);

        assertThat(result.took()).isGreaterThanOrEqualTo(Duration.ofHours(30)).isLessThan(Duration.ofHours(31));
        assertThat(clock.instant()).isEqualTo(ManualClock.START.plus(Duration.ofHours(30)));
    }

    @Test
    void whatTakesLongerThanItsStepMayTakeEndsAtTheDeadlineWithoutAnEffect() {
        mock.on(LOAD).takes(Duration.ofHours(30));

        assertThatThrownBy(() -> run(plan.deadline(LOAD, Duration.ofHours(12))))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("CORE-612");
        assertThat(mock.performed()).doesNotContain(LOAD);
        assertThat(clock.instant()).isBefore(ManualClock.START.plus(Duration.ofHours(13)));
    }

    @Test
    void aLagOfDaysIsWaitedFor() throws InterruptedException {
        mock.lag(LagRule.shrinking(Duration.ofDays(2), 3));

        RunResult result = run(plan);

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.took()).isBetween(Duration.ofHours(24), Duration.ofHours(25));
        assertThat(result.lag()).contains(Duration.ZERO);
    }

    @Test
    void aLagThatNeverShrinksEndsAtTheDeadline() {
        mock.lag(LagRule.shrinking(Duration.ofMinutes(1), 1));

        assertThatThrownBy(() -> run(plan.deadline(CATCH_UP, Duration.ofHours(2))))
                .hasMessageContaining("CORE-612");
        assertThat(clock.instant()).isEqualTo(ManualClock.START.plus(Duration.ofHours(2)));
    }

    @Test
    void retriesPauseByTheClock() throws InterruptedException {
        mock.on(RETAIN_BINLOGS).fails(6, transientError()).thenSucceeds();

        RunResult result = run(plan);

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(result.took()).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void whatIsDueWhileARunWaitsHappensAtItsTime() throws InterruptedException {
        mock.lag(LagRule.shrinking(Duration.ofDays(2), 3));
        ReplicationRun[] run = new ReplicationRun[1];
        mock.on(ENABLE_REPLICATION).runs(() -> clock.after(Duration.ofHours(3), () -> run[0].cancel()));
        mock.on(RETAIN_BINLOGS).runs(() -> awaitHandle(run));

        run[0] = sluice.start(sluice.compile(plan));

        assertThatThrownBy(run[0]::await).isInstanceOf(RunStoppedException.class);
        assertThat(run[0].status().state()).isEqualTo(RunState.CANCELLED);
        assertThat(clock.instant())
                .isBetween(ManualClock.START.plus(Duration.ofHours(3)), ManualClock.START.plus(Duration.ofHours(4)));
        assertThat(mock.undone()).contains(ENABLE_REPLICATION, CREATE_REPLICATION_USER, RETAIN_BINLOGS);
    }

    /** The run begins before the test has its handle. */
    private static void awaitHandle(ReplicationRun[] run) {
        while (run[0] == null) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aPersonTakesHerTime() throws InterruptedException {
        MockEngine byHand = MockEngine.create()
                .clock(clock)
                .offers(MockSeed.ofRows("still-server"))
                .withoutCredentials();
        byHand.on(GuideStep.SNAPSHOT).isDoneByPersonAfter(Duration.ofDays(2));
        List<RunEvent> heard = new CopyOnWriteArrayList<>();
        try (Sluice withPeople = byHand.sluice().listener(heard::add).build()) {
            RunResult result = withPeople
                    .start(withPeople.compile(plan.seedWith(new Seed("still-server"))))
                    .await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.left()).as("nobody removed it within seven days").hasSize(1);
            assertThat(result.took()).isGreaterThan(Duration.ofDays(2));
        }
        assertThat(heard).anyMatch(RunEvent.PersonNeeded.class::isInstance);
    }

    @Test
    void aFailoverIsSatOut() throws InterruptedException {
        mock.lag(LagRule.shrinking(Duration.ofHours(1), 2));
        mock.on(CATCH_UP).failsOver(Duration.ofMinutes(4));

        RunResult result = run(plan);

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(events)
                .filteredOn(RunEvent.RetryScheduled.class::isInstance)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.toString()).contains("MOCK-010"));
    }

    @Test
    void twoThingsAtOneTimeHappenInTheirOrder() {
        List<String> happened = new ArrayList<>();
        clock.after(Duration.ofHours(2), () -> happened.add("second"));
        clock.after(Duration.ofHours(1), () -> happened.add("first"));
        clock.after(Duration.ofHours(2), () -> happened.add("third"));
        Cancellation.Registration never = clock.after(Duration.ofHours(2), () -> happened.add("forgotten"));
        never.close();
        clock.after(Duration.ofHours(4), () -> happened.add("later"));

        clock.advance(Duration.ofHours(3));

        assertThat(happened).containsExactly("first", "second", "third");
        assertThat(clock.instant()).isEqualTo(ManualClock.START.plus(Duration.ofHours(3)));
    }

    @Test
    void realServersAreNotHurried() {
        Engine real = new DelegatingEngine(MockEngine.create()) {};

        assertThatThrownBy(() -> Sluice.builder()
                        .journal(Journal.inMemory())
                        .engines(real)
                        .clock(clock)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mock engines only");
    }
}
