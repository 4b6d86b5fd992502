// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.Scope;
import dev.sluice.core.copy.CopyRequest.ReplicaBinlog;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits that the host changes while rows are copied between real servers. */
@Timeout(180)
@Tag("long")
class CopyBudgetIT {
    private static final SharedServers SERVERS = SharedServers.ofThisJvm();
    private static final String OPEN_READS = "SELECT COUNT(*) FROM performance_schema.metadata_locks"
            + " WHERE OBJECT_SCHEMA = 'app' AND LOCK_STATUS = 'GRANTED'";

    private final AtomicReference<Optional<String>> reason = new AtomicReference<>(Optional.empty());
    private final List<String> told = new CopyOnWriteArrayList<>();

    /** About 16 MiB in units of 1 MiB. */
    private static void fill(MySqlServer server) {
        server.execute(
                "CREATE DATABASE app",
                "CREATE TABLE app.t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(1000))",
                "INSERT INTO app.t (v) VALUES (REPEAT('x', 1000)), (REPEAT('y', 1000))");
        for (int i = 0; i < 13; i++) {
            server.execute("INSERT INTO app.t (v) SELECT v FROM app.t");
        }
        server.execute("ANALYZE TABLE app.t");
    }

    private CompletableFuture<CopyReport> start(Copies copies, MySqlServer replica, LiveBudget budget) {
        CopyRequest request =
                new CopyRequest(budget, reason::get, ReplicaBinlog.SKIPPED_WHERE_ALLOWED).withUnitsOf(1 << 20);
        return CompletableFuture.supplyAsync(() -> copies.to(replica, request, new Telling(), new Cancellation()));
    }

    private final class Telling extends Copies.Heard {
        @Override
        public void paceChanged(int readers, int writers, long bytesPerSecond) {
            told.add(readers + "+" + writers + (bytesPerSecond == CopyBudget.UNLIMITED ? "" : " at " + bytesPerSecond));
        }

        @Override
        public void paused(String why) {
            told.add("paused: " + why);
        }

        @Override
        public void wentOn(Duration paused) {
            told.add("went on");
        }
    }

    private static long number(MySqlServer server, String query) {
        return Long.parseLong(server.query(query).get(0).get(0));
    }

    private static long writerSessions(MySqlServer replica) {
        return number(
                replica,
                "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() AND USER = 'root'");
    }

    private static void assertWhole(MySqlServer source, MySqlServer replica) {
        String sum = "SELECT COUNT(*), SUM(CRC32(CONCAT(id, v))) FROM app.t";
        assertThat(replica.query(sum)).isEqualTo(source.query(sum));
    }

    @Test
    void aReasonOfTheApplicationPausesBetweenUnitsAndTheCopyGoesOnAfterIt() throws Exception {
        try (Loan source = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31);
                Loan replica = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31)) {
            fill(source.server());
            try (Copies copies = Copies.of(source.server(), Scope.EVERYTHING, 2)) {
                LiveBudget budget = LiveBudget.of(CopyBudget.fixed(2, 2).bytesPerSecond(2 << 20));
                CompletableFuture<CopyReport> copy = start(copies, replica.server(), budget);
                await().atMost(Duration.ofSeconds(30))
                        .ignoreExceptions()
                        .until(() -> number(replica.server(), "SELECT COUNT(*) FROM app.t") > 0);
                reason.set(Optional.of("closing time"));
                await().atMost(Duration.ofSeconds(30)).until(() -> told.contains("paused: closing time"));
                // Readers end their units, and let go of the table.
                await().atMost(Duration.ofSeconds(30)).until(() -> number(source.server(), OPEN_READS) == 0);
                Thread.sleep(1500);
                long rows = number(replica.server(), "SELECT COUNT(*) FROM app.t");
                Thread.sleep(2000);
                assertThat(number(replica.server(), "SELECT COUNT(*) FROM app.t"))
                        .as("nothing moves in a pause")
                        .isEqualTo(rows)
                        .isLessThan(16384);
                assertThat(copy).isNotDone();

                reason.set(Optional.empty());
                budget.change(CopyBudget.fixed(2, 2));

                assertThat(copy.get(60, TimeUnit.SECONDS).rows()).isEqualTo(16384);
                assertThat(told).containsSubsequence("paused: closing time", "went on");
                assertWhole(source.server(), replica.server());
            }
        }
    }

    @Test
    void nothingIsReadWhereTheApplicationSaysNoBeforehand() throws Exception {
        try (Loan source = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31);
                Loan replica = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31)) {
            fill(source.server());
            reason.set(Optional.of("not yet"));
            try (Copies copies = Copies.of(source.server(), Scope.EVERYTHING, 2)) {
                CompletableFuture<CopyReport> copy =
                        start(copies, replica.server(), LiveBudget.of(CopyBudget.atMost(2, 2)));
                await().atMost(Duration.ofSeconds(30)).until(() -> told.contains("paused: not yet"));
                Thread.sleep(2000);
                assertThat(number(replica.server(), "SELECT COUNT(*) FROM app.t"))
                        .isZero();

                reason.set(Optional.empty());

                copy.get(60, TimeUnit.SECONDS);
                assertWhole(source.server(), replica.server());
            }
        }
    }

    @Test
    void writersComeAndGoWithTheBudgetAndTheRateIsKept() throws Exception {
        try (Loan source = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31);
                Loan replica = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31)) {
            fill(source.server());
            try (Copies copies = Copies.of(source.server(), Scope.EVERYTHING, 3)) {
                long before = writerSessions(replica.server());
                long slow = 1 << 20;
                LiveBudget budget = LiveBudget.of(CopyBudget.fixed(2, 1).bytesPerSecond(slow));
                long began = System.nanoTime();
                CompletableFuture<CopyReport> copy = start(copies, replica.server(), budget);
                await().atMost(Duration.ofSeconds(30)).until(() -> told.contains("2+1 at " + slow));

                budget.change(CopyBudget.fixed(3, 4).bytesPerSecond(slow));
                await().atMost(Duration.ofSeconds(20)).until(() -> writerSessions(replica.server()) >= before + 3);
                budget.change(CopyBudget.fixed(1, 1).bytesPerSecond(slow));
                await().atMost(Duration.ofSeconds(20)).until(() -> writerSessions(replica.server()) <= before + 1);
                assertThat(copy).as("16 MiB at 1 MiB a second").isNotDone();
                double seconds = (System.nanoTime() - began) / 1e9;
                assertThat(number(replica.server(), "SELECT SUM(LENGTH(v)) FROM app.t"))
                        .isLessThan((long) (slow * (seconds + 4)));

                budget.change(CopyBudget.atMost(3, 3));

                assertThat(copy.get(60, TimeUnit.SECONDS).rows()).isEqualTo(16384);
                assertThat(told).containsSubsequence("2+1 at " + slow, "3+4 at " + slow, "1+1 at " + slow);
                assertWhole(source.server(), replica.server());
            }
        }
    }
}
