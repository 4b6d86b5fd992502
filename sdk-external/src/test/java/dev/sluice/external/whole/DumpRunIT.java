// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.programs.ClientPrograms;
import dev.sluice.testservers.GeneralLog;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main job by mysqldump piped to mysql. */
@Tag("long")
@Timeout(180)
class DumpRunIT {
    private static final TableName BIG = TableName.of("shop", "t");

    private final Queue<RunEvent> events = new ConcurrentLinkedQueue<>();

    @AfterEach
    void noProgramIsLeft() {
        assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(process -> process.info().command().orElse("").matches(".*/(mysqldump|mysql)")))
                .isEmpty();
    }

    private static Pair pair() {
        Path programs = MySqlRelease.MYSQL_8_0_33
                .clientProgram("mysqldump")
                .orElseThrow()
                .getParent();
        return Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)
                .with(builder -> builder.clientPrograms(ClientPrograms.in(programs)));
    }

    private static ReplicationPlan plan(Pair pair) {
        return pair.plan().withGtid().retainBinlogs(Duration.ofHours(1000)).copyWith(CopyMethod.MYSQLDUMP);
    }

    /** Some ten megabytes in two to the power of this many rows. */
    private static void shop(MySqlServer source, int doublings) {
        source.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(500))",
                "INSERT INTO shop.t (v) VALUES (CONCAT(REPEAT('x', 490), '\\\\\\'),('))",
                "CREATE TABLE shop.small (id INT PRIMARY KEY)",
                "INSERT INTO shop.small VALUES (1), (2), (3)",
                "CREATE VIEW shop.v AS SELECT id FROM shop.t",
                "CREATE PROCEDURE shop.p() SELECT 1",
                "CREATE TRIGGER shop.tr BEFORE INSERT ON shop.t FOR EACH ROW SET NEW.v = TRIM(NEW.v)",
                "CREATE EVENT shop.e ON SCHEDULE EVERY 1 DAY DO SELECT 1");
        for (int i = 0; i < doublings; i++) {
            source.execute("INSERT INTO shop.t (v) SELECT v FROM shop.t");
        }
        source.execute("ANALYZE TABLE shop.t, shop.small");
    }

    @Test
    void replicatesUnderAWriterAndAgainChangesNothing() throws Exception {
        try (Pair pair = pair();
                Writing writing = Writing.on(pair.source())) {
            shop(pair.source(), 14);
            ReplicationPlan plan = plan(pair);

            RunResult result = pair.run(plan, events::add);

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification().orElseThrow().isClean()).isTrue();
            assertThat(result.left()).isEmpty();
            assertThat(result.rowsCopied()).isGreaterThan((1 << 14) + 3);
            assertThat(result.bytesCopied()).isGreaterThan(8_000_000);
            theListenerHeardOfRowsAndBytes();
            writing.stop();
            assertThat(writing.transactions()).isGreaterThan(50);
            assertThat(pair.compare(plan).mismatches()).isZero();
            assertThat(pair.replica().query("SELECT COUNT(*), SUM(n), MAX(id) FROM live.t"))
                    .isEqualTo(pair.source().query("SELECT COUNT(*), SUM(n), MAX(id) FROM live.t"));
            againChangesNothing(pair, plan);
        }
    }

    private void theListenerHeardOfRowsAndBytes() {
        List<RunEvent.Progress> progress = events(RunEvent.Progress.class);
        assertThat(progress).hasSizeGreaterThan(1);
        assertThat(progress.get(0).tables()).singleElement().satisfies(table -> {
            assertThat(table.rows()).isPositive();
            assertThat(table.bytes()).isPositive();
        });
        assertThat(events(RunEvent.TableCopied.class))
                .extracting(event -> event.table().table())
                .contains(BIG, TableName.of("shop", "small"), TableName.of("live", "t"));
        assertThat(events(RunEvent.TableCopied.class))
                .filteredOn(event -> event.table().table().equals(BIG))
                .singleElement()
                .satisfies(event -> assertThat(event.table().rows()).isEqualTo(1 << 14));
        assertThat(events(RunEvent.LockReleased.class)).hasSize(1);
        assertThat(events(RunEvent.Warning.class))
                .extracting(RunEvent.Warning::problem)
                .isEmpty();
    }

    private <T extends RunEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static void againChangesNothing(Pair pair, ReplicationPlan plan) throws InterruptedException {
        GeneralLog.Mark source = pair.source().generalLog().on();
        GeneralLog.Mark replica = pair.replica().generalLog().on();

        assertThat(pair.run(plan).changedSomething()).isFalse();

        assertThat(StatementsThatChange.since(pair.source(), source)).isEmpty();
        assertThat(StatementsThatChange.since(pair.replica(), replica)).isEmpty();
    }

    @Test
    void aCancelInTheMiddleEndsTheProgramsAndDropsWhatTheyLoaded() throws Exception {
        try (Pair pair = pair()) {
            shop(pair.source(), 17);
            CountDownLatch copying = new CountDownLatch(1);
            ReplicationRun run = pair.sluice().start(pair.sluice().compile(plan(pair)), event -> {
                if (event instanceof RunEvent.Progress) {
                    copying.countDown();
                }
            });
            assertThat(copying.await(60, TimeUnit.SECONDS)).isTrue();

            run.cancel();

            assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);
            RunResult result = run.completion().toCompletableFuture().get(1, TimeUnit.SECONDS);
            assertThat(result.state()).isEqualTo(RunState.CANCELLED);
            assertThat(result.left()).isEmpty();
            assertThat(pair.replica().query("SHOW DATABASES LIKE 'shop'")).isEmpty();
            assertThat(pair.source().query("SELECT user FROM mysql.user WHERE user LIKE 'sluice%'"))
                    .isEmpty();
        }
    }

    @Test
    void missingProgramsStopThePlanBeforeAnythingIsChanged(@TempDir Path empty) {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)
                .with(builder -> builder.clientPrograms(ClientPrograms.in(empty)))) {
            shop(pair.source(), 1);
            GeneralLog.Mark source = pair.source().generalLog().on();
            GeneralLog.Mark replica = pair.replica().generalLog().on();

            assertThatThrownBy(() -> pair.run(plan(pair)))
                    .isInstanceOfSatisfying(
                            PlanRejectedException.class,
                            e -> assertThat(e.problems())
                                    .extracting(Problem::toString)
                                    .singleElement()
                                    .asString()
                                    .contains(
                                            "CORE-450",
                                            empty.resolve("mysqldump").toString()));

            assertThat(StatementsThatChange.since(pair.source(), source)).isEmpty();
            assertThat(StatementsThatChange.since(pair.replica(), replica)).isEmpty();
        }
    }
}
