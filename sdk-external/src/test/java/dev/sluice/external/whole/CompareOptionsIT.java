// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.TableComparison.Result;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.CompareOptions;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.Sluice;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A running replication is compared for as long, and as gently, as the host says. */
@Tag("long")
class CompareOptionsIT {
    private static Pair pair;

    @BeforeAll
    static void replicate() throws Exception {
        pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
        pair.source()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.locked (id INT PRIMARY KEY)",
                        "CREATE TABLE shop.free (id INT PRIMARY KEY)",
                        "INSERT INTO shop.locked VALUES (1)",
                        "INSERT INTO shop.free VALUES (1), (2)");
        pair.run(plan());
    }

    @AfterAll
    static void end() {
        pair.close();
    }

    private static ReplicationPlan plan() {
        return pair.plan().databases("shop").leaveReplicaWritable();
    }

    private static LiveReplication live() {
        return pair.sluice().live(plan());
    }

    private static Result result(VerificationReport report, String table) {
        return report.tables().stream()
                .filter(one -> one.table().equals(TableName.of("shop", table)))
                .findFirst()
                .orElseThrow()
                .result();
    }

    @Test
    void whatThereWasNoTimeForIsUndecidedAndComparedLater() throws Exception {
        VerificationReport first;
        try (TableLock lock = TableLock.on(pair.replica(), "shop.locked")) {
            lock.awaitHeld();
            first = live().compareLive(CompareOptions.standard().within(Duration.ofSeconds(3)));
        }

        assertThat(first.took()).isLessThan(Duration.ofSeconds(8));
        assertThat(result(first, "free")).isEqualTo(Result.EQUAL);
        assertThat(result(first, "locked")).isEqualTo(Result.UNDECIDED);

        List<TableComparison> told = new CopyOnWriteArrayList<>();
        VerificationReport rest = live().compareLive(
                        CompareOptions.standard().goingOnAfter(first).threads(1).tellingTo(new VerifyListener() {
                            @Override
                            public void tableDone(TableComparison comparison) {
                                told.add(comparison);
                            }
                        }));

        assertThat(rest.isClean()).as(rest.toString()).isTrue();
        assertThat(rest.tables()).hasSize(2);
        assertThat(told).extracting(TableComparison::table).containsExactly(TableName.of("shop", "locked"));
    }

    @Test
    void comparisonThatIsHeldUpUntilTheDeadlineIsUndecided() {
        AtomicInteger asked = new AtomicInteger();
        CompareOptions failing = CompareOptions.standard()
                .within(Duration.ofSeconds(3))
                .throttledBy(() -> {
                    throw new IllegalStateException("no answer");
                });

        assertThat(live().compareLive(failing).isClean()).isFalse();
        assertThat(live().compareLive(CompareOptions.standard()
                                .throttledBy(
                                        () -> asked.incrementAndGet() > 1 ? Optional.empty() : Optional.of("busy")))
                        .isClean())
                .isTrue();
        assertThat(asked.get()).isGreaterThan(1);
    }

    @Test
    void closingSluiceEndsAComparison() throws Exception {
        Sluice sluice = pair.newSluice();
        LiveReplication live = sluice.live(plan());
        try (TableLock lock = TableLock.on(pair.replica(), "shop.locked")) {
            lock.awaitHeld();
            CompletableFuture<VerificationReport> comparison = CompletableFuture.supplyAsync(live::compareLive);
            await().atMost(Duration.ofSeconds(20)).until(CompareOptionsIT::isHanging);

            Instant before = Instant.now();
            sluice.close();

            assertThatThrownBy(() -> comparison.get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
            await().atMost(Duration.ofSeconds(5)).until(() -> !isHanging());
        }
        assertThatThrownBy(live::compareLive).isInstanceOf(IllegalStateException.class);
    }

    private static boolean isHanging() {
        return !pair.replica()
                .query("SELECT ID FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for table%'"
                        + " AND INFO LIKE '%locked%'")
                .isEmpty();
    }

    @Test
    void databaseThatNobodyShowsIsNotEqual() {
        assertThatThrownBy(
                        () -> pair.sluice().live(pair.plan().databases("shpo")).compareStandingStill())
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining("CORE-841");
    }
}
