// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.TableComparison.Result;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the servers' limits, a lock, a deadline and a cancellation do to a comparison. */
@Tag("long")
class BoundsIT {
    private static final Pair PAIR = Pair.of(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);

    @Test
    void longValuesAreComparedUnderASmallPacketLimit() {
        try (SharedServers.Loan source = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31);
                SharedServers.Loan replica = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31)) {
            Pair pair = new Pair(source.server(), replica.server());
            pair.execute(AllTypes.in("bounds"));
            pair.source().execute("SET GLOBAL max_allowed_packet = 65536");
            pair.replica().execute("SET GLOBAL max_allowed_packet = 32768");

            assertThat(pair.compare("bounds").isClean()).isTrue();

            pair.replica().execute("SET GLOBAL max_allowed_packet = 16777216");
            pair.replica().execute("UPDATE bounds.longs SET lb = INSERT(lb, 2999999, 1, 'x') WHERE LENGTH(lb) > 9");
            pair.replica().execute("SET GLOBAL max_allowed_packet = 32768");
            VerificationReport report = pair.compare("bounds");
            assertThat(report.mismatches()).isEqualTo(1);
            assertThat(Pair.table(report, "longs").differences())
                    .hasSize(1)
                    .allMatch(line -> line.endsWith("differs in lb"));
        }
    }

    @Test
    void valueThatALimitTurnsIntoNullIsNeverEqual() {
        try (SharedServers.Loan source = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31);
                SharedServers.Loan replica = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31)) {
            Pair pair = new Pair(source.server(), replica.server());
            pair.source().execute(wide("a"));
            pair.replica().execute(wide("b"));
            pair.source().execute("SET GLOBAL max_allowed_packet = 16384");
            pair.replica().execute("SET GLOBAL max_allowed_packet = 16384");

            VerificationReport report = pair.compare("bounds");

            assertThat(Pair.table(report, "wide").result()).isEqualTo(Result.UNDECIDED);
            assertThat(Pair.table(report, "wide").differences())
                    .anySatisfy(line -> assertThat(line).contains("CORE-502"));
        }
    }

    @Test
    void whatWasComparedBeforeIsNotComparedAgain() {
        PAIR.execute(java.util.List.of(one()));
        PAIR.replica().execute("INSERT INTO one.locked VALUES (1)", "INSERT INTO one.free VALUES (1)");
        TableComparison before =
                new TableComparison(TableName.of("one", "free"), Result.EQUAL, 7, 7, 1, 0, List.of(), List.of());
        List<TableComparison> told = new ArrayList<>();

        VerificationReport report = new Verifier()
                .verify(
                        Pair.connector(PAIR.source()),
                        Pair.connector(PAIR.replica()),
                        Pair.request(Consistency.STANDING_STILL, "one").without(List.of(before)),
                        new VerifyListener() {
                            @Override
                            public void tableDone(TableComparison comparison) {
                                told.add(comparison);
                            }
                        },
                        new Cancellation());

        assertThat(Pair.table(report, "free")).isEqualTo(before);
        assertThat(Pair.table(report, "locked").result()).isEqualTo(Result.DIFFERENT);
        assertThat(told).containsExactly(Pair.table(report, "locked"));
    }

    private static String[] wide(String last) {
        return new String[] {
            "CREATE DATABASE bounds",
            "CREATE TABLE bounds.wide (id INT PRIMARY KEY, a VARCHAR(16000) CHARACTER SET latin1,"
                    + " b VARCHAR(16000) CHARACTER SET latin1)",
            "INSERT INTO bounds.wide VALUES (1, REPEAT('a', 16000), CONCAT(REPEAT('b', 15999), '" + last + "'))"
        };
    }

    private static String[] one() {
        return new String[] {
            "DROP DATABASE IF EXISTS one",
            "CREATE DATABASE one",
            "CREATE TABLE one.locked (id INT PRIMARY KEY)",
            "CREATE TABLE one.free (id INT PRIMARY KEY)"
        };
    }

    @Test
    void tableThatStaysLockedIsUndecidedAtTheDeadline() throws Exception {
        PAIR.execute(java.util.List.of(one()));
        try (Connection locker = PAIR.source().connect();
                Statement statement = locker.createStatement()) {
            statement.execute("LOCK TABLES one.locked WRITE");

            VerificationReport report =
                    PAIR.compare(Pair.request(Consistency.STANDING_STILL, "one").within(Duration.ofSeconds(3)));

            assertThat(Pair.table(report, "locked").result()).isEqualTo(Result.UNDECIDED);
            assertThat(Pair.table(report, "free").result()).isEqualTo(Result.EQUAL);
            assertThat(report.took()).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void statementThatBeginsLateEndsSoonAfterTheDeadline() {
        Deadline deadline = new Deadline(Duration.ofSeconds(6));
        try (ReadSession session = ReadSession.open(Pair.connector(PAIR.source()), deadline, new Cancellation())) {
            await().until(() -> deadline.elapsed().toSeconds() >= 4);

            assertThatThrownBy(() -> session.rows("SELECT COUNT(*) FROM information_schema.COLUMNS a"
                            + " JOIN information_schema.COLUMNS b JOIN information_schema.COLUMNS c"))
                    .isInstanceOfSatisfying(
                            StepException.class,
                            failure -> assertThat(Deadline.hasEnded(failure)).isTrue());
            assertThat(deadline.elapsed()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
        }
    }

    @Test
    void cancellingEndsAComparisonThatHangs() throws Exception {
        PAIR.execute(java.util.List.of(one()));
        Cancellation cancellation = new Cancellation();
        try (Connection locker = PAIR.source().connect();
                Statement statement = locker.createStatement()) {
            statement.execute("LOCK TABLES one.locked WRITE");
            CompletableFuture<VerificationReport> comparison = CompletableFuture.supplyAsync(() -> new Verifier()
                    .verify(
                            Pair.connector(PAIR.source()),
                            Pair.connector(PAIR.replica()),
                            Pair.request(Consistency.STANDING_STILL, "one"),
                            VerifyListener.NONE,
                            cancellation));
            await().atMost(Duration.ofSeconds(20)).until(() -> isHanging(PAIR.source()));

            Instant before = Instant.now();
            cancellation.cancel();

            assertThatThrownBy(() -> comparison.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(CancelledException.class);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
            await().atMost(Duration.ofSeconds(5)).until(() -> !isHanging(PAIR.source()));
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("sluice-verify"));
        }
    }

    private static boolean isHanging(MySqlServer server) {
        return !server.query(
                        "SELECT ID FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for table%' AND INFO LIKE '%one%'")
                .isEmpty();
    }

    @Test
    void serverIsNotComparedWithItself() {
        Pair same = new Pair(PAIR.source(), PAIR.source());

        assertThatThrownBy(() -> same.compare("one"))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining("CORE-503");
    }

    @Test
    void comparingLiveNeedsReplication() {
        PAIR.execute(java.util.List.of(one()));
        assertThatThrownBy(() -> PAIR.compare(Pair.request(Consistency.LIVE, "one")))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining("CORE-501");
    }

    @Test
    void tablesOutsideTheScopeAreIgnored() {
        PAIR.execute(java.util.List.of(one()));
        PAIR.replica().execute("INSERT INTO one.locked VALUES (1)", "CREATE TABLE one.more (id INT)");
        var scope = new dev.sluice.api.plan.Scope(
                java.util.List.of(),
                java.util.List.of(dev.sluice.api.plan.TableName.of("one", "free")),
                java.util.List.of(),
                java.util.List.of());

        VerificationReport report = PAIR.compare(VerifyRequest.of(scope, Consistency.STANDING_STILL));

        assertThat(report.isClean()).isTrue();
        assertThat(report.tables()).hasSize(1);
    }
}
