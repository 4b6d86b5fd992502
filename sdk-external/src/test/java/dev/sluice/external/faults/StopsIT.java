// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.testservers.MySqlServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run that is stopped while a step of it waits: for somebody's lock, in a statement, or for the replica, by looking again and again. The
 * caller has control back soon, the statement ends on the server, and nothing new is begun.
 */
@Tag("long")
@Timeout(240)
class StopsIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(4);

    /** What holds a step up. */
    enum Held {
        ACCOUNT(GuideStep.CREATE_REPLICATION_USER),
        SNAPSHOT(GuideStep.SNAPSHOT),
        LOAD(GuideStep.LOAD),
        PROTECTION(GuideStep.PROTECT_REPLICA),
        CATCH_UP(GuideStep.CATCH_UP),
        VERIFICATION(GuideStep.VERIFY);

        final GuideStep row;

        Held(GuideStep row) {
            this.row = row;
        }

        /** Where a statement waits; empty where the run looks again and again. */
        Optional<MySqlServer> where(FaultStage stage) {
            return switch (this) {
                case ACCOUNT -> Optional.of(stage.source());
                case LOAD, PROTECTION, VERIFICATION -> Optional.of(stage.replica());
                // Whoever would wait for long does not ask for the lock at all, but looks again.
                case SNAPSHOT, CATCH_UP -> Optional.empty();
            };
        }

        AutoCloseable hold(FaultStage stage) throws SQLException {
            return switch (this) {
                case ACCOUNT -> Obstacle.globalLock(stage.source());
                case SNAPSHOT -> Obstacle.tableLock(stage.source(), "shop.small");
                case LOAD -> Obstacle.globalLock(stage.replica());
                case PROTECTION -> Obstacle.tableLock(stage.replica(), "shop.small");
                case VERIFICATION -> Obstacle.tableLock(stage.replica(), "shop.big");
                case CATCH_UP -> silence(stage);
            };
        }

        private static AutoCloseable silence(FaultStage stage) {
            stage.link().stall();
            stage.source().execute("INSERT INTO shop.small VALUES (3, 'c')");
            return stage.link()::heal;
        }

        /** How the run fails at its deadline. A comparison ends before, so that there is a report of it. */
        String atDeadline() {
            return this == VERIFICATION ? "CORE-843" : "CORE-612";
        }

        ReplicationPlan plan(ReplicationPlan plan) {
            return this == PROTECTION ? plan : plan.leaveReplicaWritable();
        }
    }

    private static List<String> waiting(FaultStage stage, Held held) {
        return held.where(stage).map(FaultStage::waiting).orElse(List.of());
    }

    private static void awaitHeldUp(FaultStage stage, Held held, ReplicationRun run) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> run.status().step().filter(held.row::equals).isPresent()
                        && (held.where(stage).isEmpty() || !waiting(stage, held).isEmpty()));
    }

    private static void assertSoon(long began) {
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
    }

    /** What waited there has ended; what undoes it may wait by now. */
    private static void assertEnds(FaultStage stage, Held held, List<String> before) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(waiting(stage, held)).noneMatch(before::contains));
    }

    @ParameterizedTest
    @EnumSource
    void cancelled(Held held) throws Exception {
        try (FaultStage stage = new FaultStage().with(held::plan)) {
            ReplicationRun run = stage.startAndPauseBefore(held.row);
            try (AutoCloseable obstacle = held.hold(stage)) {
                run.proceed();
                awaitHeldUp(stage, held, run);
                List<String> before = waiting(stage, held);
                long operations = stage.operations();

                long began = System.nanoTime();
                run.cancel();

                assertSoon(began);
                assertEnds(stage, held, before);
                assertThat(stage.operations()).isEqualTo(operations);
            }
            stage.awaitCancelled(run);
            stage.assertNothingHeld();
        }
    }

    /** What undoes the run waits for somebody's lock as well: who closes does not wait for it, and nothing of the run goes on after that. */
    @Test
    void cancelledAndThenClosedWhileItIsUndone() throws Exception {
        try (FaultStage stage = new FaultStage().with(Held.LOAD::plan)) {
            ReplicationRun run = stage.startAndPauseBefore(GuideStep.ENABLE_REPLICATION);
            try (AutoCloseable obstacle = Obstacle.globalLock(stage.replica())) {
                run.cancel();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !FaultStage.waiting(stage.replica()).isEmpty());

                long began = System.nanoTime();
                stage.redeploy();

                assertSoon(began);
                RunResult result = run.completion().toCompletableFuture().get(1, TimeUnit.SECONDS);
                assertThat(result.state()).isEqualTo(RunState.CANCELLED);
                assertThat(result.left()).isNotEmpty();
                await().atMost(SOON).untilAsserted(() -> {
                    assertThat(FaultStage.waiting(stage.replica())).isEmpty();
                    assertThat(Thread.getAllStackTraces().keySet())
                            .extracting(Thread::getName)
                            .noneMatch(name -> name.contains(run.id().value()));
                });
            }
            stage.takeRestBack(run);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closedAndResumed(Held held) throws Exception {
        try (FaultStage stage = new FaultStage().with(held::plan)) {
            ReplicationRun run = stage.startAndPauseBefore(held.row);
            try (AutoCloseable obstacle = held.hold(stage)) {
                run.proceed();
                awaitHeldUp(stage, held, run);
                List<String> before = waiting(stage, held);
                long operations = stage.operations();

                long began = System.nanoTime();
                stage.redeploy();

                assertSoon(began);
                assertEnds(stage, held, before);
                assertThat(stage.operations()).isEqualTo(operations);
            }
            stage.awaitFailure(run, "CORE-611");
            // What closes a run gives back what it holds, and undoes nothing.
            assertThat(stage.undone()).isEmpty();
            stage.assertNothingHeld();
            stage.resumeAnyway(run);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endedAtItsDeadlineAndTakenBack(Held held) throws Exception {
        try (FaultStage stage = new FaultStage().with(plan -> held.plan(plan).deadline(held.row, LIMIT))) {
            ReplicationRun run = stage.startAndPauseBefore(held.row);
            try (AutoCloseable obstacle = held.hold(stage)) {
                run.proceed();
                awaitHeldUp(stage, held, run);
                List<String> before = waiting(stage, held);

                stage.awaitFailure(run, held.atDeadline());

                assertThat(stage.undone()).isEmpty();
                assertThat(waiting(stage, held)).noneMatch(before::contains);
            }
            stage.abandon(run);
        }
    }
}
