// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static dev.sluice.core.preflight.Answers.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.api.document.Document;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.json.Json;
import dev.sluice.core.mysql.ServerErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PreflightTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Live live = new Live();
    private final Situation shop =
            Situation.of(Server.source().databases("shop"), Server.replica()).plan(plan -> plan.databases("shop"));

    PreflightTest() {
        live.source.to("server_id", row("id", "1"));
        live.replica.to("server_id", row("id", "2"));
    }

    private PreflightReport run(Check... engineChecks) {
        return run(live.servers(), Duration.ofSeconds(20), engineChecks);
    }

    private PreflightReport run(CheckServers servers, Duration limit, Check... engineChecks) {
        return run(shop, servers, limit, 4, engineChecks);
    }

    private static PreflightReport run(
            Situation situation, CheckServers servers, Duration limit, int lanes, Check... engineChecks) {
        return new Preflight(Clock.fixed(NOW, ZoneOffset.UTC), limit, lanes)
                .run(Compiled.of(situation), situation, List.of(engineChecks), servers);
    }

    private static Check check(String id, Function<LiveContext, List<Finding>> examine) {
        return new Check() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public Level level() {
                return Level.ERROR;
            }

            @Override
            public ErrorCode code() {
                return CheckCode.CHECK_FAILED;
            }

            @Override
            public List<Finding> examine(LiveContext context) {
                return examine.apply(context);
            }
        };
    }

    private static Problem problem(String what) {
        return Problem.of(ServerErrorCode.PRIVILEGE_MISSING, what);
    }

    @Test
    void healthyServersPass() {
        PreflightReport report = run();

        assertThat(report.passed()).isTrue();
        assertThat(report.takenAt()).isEqualTo(NOW);
        assertThat(report.fingerprint()).isEqualTo("fingerprint");
        assertThat(report.findings()).extracting(Finding::check).containsExactly("reach-unproven");
        assertThat(report.checks())
                .contains("same-server", "servers-reachable", "replica-holds-data", "long-transactions")
                .doesNotHaveDuplicates();
    }

    @Test
    void everythingThatIsWrongIsToldTogetherErrorsFirst() {
        live.source.to("XA RECOVER", row("data", "a"));
        live.replica
                .to("server_id", row("id", "1"))
                .to("information_schema.TABLES", row("db", "shop", "found", "1", "example", "t"));

        PreflightReport report = run();

        assertThat(report.findings())
                .extracting(Finding::check)
                .containsExactly("server-ids-equal", "replica-holds-data", "prepared-xa", "reach-unproven");
        assertThat(report.errors()).hasSize(2);
    }

    @Test
    void theEnginesChecksAreMadeToo() {
        Finding finding = new Finding("own", Level.WARNING, problem("something"));

        PreflightReport report = run(check("own", context -> {
            context.sourceSession().query("SELECT 'own'");
            return List.of(finding);
        }));

        assertThat(report.findings()).contains(finding);
        assertThat(report.checks()).endsWith("own");
        assertThat(live.source.asked).contains("SELECT 'own'");
    }

    @Test
    void aCheckThatFailsIsAFindingAndTheOthersAreMade() {
        PreflightReport report = run(
                check("broken", context -> {
                    throw new IllegalStateException("a bug");
                }),
                check("after", context -> List.of()));

        assertThat(report.checks()).endsWith("broken", "after");
        assertThat(report.errors()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(CheckCode.CHECK_FAILED);
            assertThat(problem.what()).contains("broken", "a bug");
        });
    }

    @Test
    void aCheckThatTheServerInterruptsIsAsBadAsWhatItLooksFor() {
        live.replica.fail("information_schema.TABLES", new StepUnavailableException(problem("gone")));
        live.source.fail("COLUMN_KEY", new StepUnavailableException(problem("gone")));

        assertThat(run().findings())
                .filteredOn(finding -> finding.problem().code() == CheckCode.CHECK_FAILED)
                .extracting(Finding::check, Finding::level)
                .containsExactly(tuple("replica-holds-data", Level.ERROR), tuple("no-primary-key", Level.WARNING));
    }

    @Test
    void whatTheUserMayNotSeeIsAWarning() {
        live.replica.fail("replication_applier_global_filters", new StepRefusedException(problem("not for you")));

        assertThat(run().findings())
                .filteredOn(finding -> finding.check().equals("stored-filter"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.WARNING);
                    assertThat(finding.problem().what()).contains("not for you");
                });
    }

    /** Nobody has looked whether there is data of somebody else. */
    @Test
    void whatProtectsDataIsNoWarningWhateverKeptItFromBeingMade() {
        for (ErrorCode why :
                List.of(ServerErrorCode.DISK_FULL, ServerErrorCode.REFUSED, ServerErrorCode.PRIVILEGE_MISSING)) {
            live.replica.fail("information_schema.TABLES", new StepRefusedException(Problem.of(why, "no")));

            assertThat(run().errors())
                    .as(why.id())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.what()).contains("replica-holds-data", "no"));
        }
    }

    @Test
    void ofTheOthersOnlyWhatTheUserMayNotSeeIsAWarning() {
        for (ErrorCode why : List.of(ServerErrorCode.DISK_FULL, ServerErrorCode.REFUSED)) {
            assertThat(levelOfRefusal(why)).isEqualTo(Level.ERROR);
        }
        assertThat(levelOfRefusal(ServerErrorCode.PRIVILEGE_MISSING)).isEqualTo(Level.WARNING);
    }

    private Level levelOfRefusal(ErrorCode why) {
        PreflightReport report = run(check("refused", context -> {
            throw new StepRefusedException(Problem.of(why, "no"));
        }));
        return report.findings().stream()
                .filter(finding -> finding.check().equals("refused"))
                .findFirst()
                .orElseThrow()
                .level();
    }

    @Test
    void aComparisonIsLookedAtForWhatThereIsToCompare() {
        Situation comparison = shop.with(plan -> plan.databases("shop").tables(TableName.of("stock", "t")))
                .compared();

        PreflightReport report =
                run(comparison, live.servers(), Duration.ofSeconds(20), 1, check("engine", context -> List.of()));

        assertThat(report.checks())
                .containsExactly("scope-empty", "database-unknown", "servers-reachable", "table-unknown");
        assertThat(report.findings()).extracting(Finding::check).containsExactly("table-unknown");
    }

    @Test
    void aFailureIsNotMetByTheNextCheckOnItsSession() {
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        CheckServers servers = target -> {
            opened.incrementAndGet();
            return counted(live.servers().open(target), closed);
        };

        run(
                shop,
                servers,
                Duration.ofSeconds(20),
                1,
                check("broken", context -> {
                    throw new IllegalStateException("a bug");
                }),
                check(
                        "next",
                        context -> List.of(new Finding(
                                "next",
                                Level.NOTE,
                                problem("" + context.sourceSession().query("SELECT 1"))))));

        assertThat(opened).hasValue(3);
        assertThat(closed).hasValue(3);
    }

    private static CheckSession counted(CheckSession session, AtomicInteger closed) {
        return new CheckSession() {
            @Override
            public ServerSession session() {
                return session.session();
            }

            @Override
            public void abort() {}

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    @Test
    void aServerThatLetsNobodyInIsToldOnceAndNothingElseIsTried() {
        CheckServers servers = target -> {
            if (target == Target.REPLICA) {
                throw new StepRefusedException(problem("no entry"));
            }
            return CheckSession.of(live.source);
        };

        PreflightReport report = run(servers, Duration.ofSeconds(20), check("never", context -> List.of()));

        assertThat(report.errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("The replica 10.0.0.2:3306", "no entry"));
        assertThat(report.checks()).endsWith("servers-reachable");
    }

    @Test
    void aCheckThatDoesNotEndIsEndedAndTheOthersAreMade() {
        CountDownLatch aborted = new CountDownLatch(1);
        CheckServers servers = target -> new CheckSession() {
            @Override
            public ServerSession session() {
                return target == Target.SOURCE ? live.source : live.replica;
            }

            @Override
            public void abort() {
                aborted.countDown();
            }

            @Override
            public void close() {}
        };
        AtomicBoolean wentOn = new AtomicBoolean();

        PreflightReport report = run(
                servers,
                Duration.ofMillis(500),
                check("slow", context -> {
                    awaitUninterruptibly(aborted);
                    context.sourceSession();
                    wentOn.set(true);
                    return List.of();
                }),
                check("after", context -> List.of(new Finding("after", Level.NOTE, problem("made")))));

        assertThat(report.errors()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(CheckCode.CHECK_LATE);
            assertThat(problem.what()).contains("slow");
        });
        assertThat(report.findings()).extracting(Finding::check).contains("after");
        assertThat(wentOn).isFalse();
    }

    /** As a driver would wait for its socket: interrupts do not count. */
    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void anInterruptedPreflightDoesNotPass() {
        PreflightReport report;
        Thread.currentThread().interrupt();
        try {
            report = run();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(report.passed()).isFalse();
        assertThat(report.errors()).extracting(Problem::code).containsExactly(CheckCode.CHECK_INTERRUPTED);
    }

    private PreflightReport ending(Row status) {
        live.replica.to("SHOW REPLICA STATUS", status);
        Situation end = Situation.source(Server.source().variable("log_bin", "ON"))
                .ending(EndPlan.of(new TestServer("10.0.0.2")).source(new TestServer("10.0.0.1")));
        return new Preflight(Clock.fixed(NOW, ZoneOffset.UTC))
                .run(Compiled.of(end), end, List.of(check("engine", context -> List.of())), live.servers());
    }

    private static Row follower(String uuid) {
        return row("Source_Host", "10.0.0.1", "Source_Port", "3306", "Source_UUID", uuid, "Replica_IO_Running", "No");
    }

    @Test
    void aPlanThatEndsAReplicationIsLookedAtForWhatTheEndNeeds() {
        PreflightReport report = ending(follower("33333333-3333-3333-3333-333333333333"));

        assertThat(report.checks())
                .containsExactly(
                        "servers-reachable",
                        "foreign-definers",
                        "nonexistent-definers",
                        "system-definers",
                        "account-shared",
                        "not-applied");
        // That it follows another source is refused when the plan is compiled, and told once.
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void whatTheEndLeavesBehindIsAWarning() {
        live.source
                .to("server_uuid", row("uuid", Server.SOURCE_UUID, "gtid_mode", "OFF"))
                .to("STATUS", row("File", "binlog.000001", "Position", "500"));

        PreflightReport report = ending(follower(Server.SOURCE_UUID));

        assertThat(report.passed()).isTrue();
        assertThat(report.findings())
                .extracting(finding -> finding.problem().code())
                .containsExactly(CheckCode.NOT_APPLIED);
    }

    @Test
    void checksAreMadeSideBySide() {
        CountDownLatch bothRun = new CountDownLatch(2);
        Function<LiveContext, List<Finding>> waitsForTheOther = context -> {
            bothRun.countDown();
            try {
                return bothRun.await(10, TimeUnit.SECONDS)
                        ? List.of()
                        : List.of(new Finding("alone", Level.ERROR, problem("alone")));
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        };

        assertThat(run(check("one", waitsForTheOther), check("other", waitsForTheOther))
                        .passed())
                .isTrue();
        assertThat(bothRun.getCount()).isZero();
    }

    @Test
    void eachLaneHasSessionsOfItsOwnAndClosesThem() {
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        CheckServers servers = target -> {
            opened.incrementAndGet();
            return counted(live.servers().open(target), closed);
        };

        run(servers, Duration.ofSeconds(20));

        assertThat(opened.get()).isBetween(2, 8);
        assertThat(closed).hasValue(opened.get());
    }

    @Test
    void anInterruptEndsTheChecksInAllLanes() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        Function<LiveContext, List<Finding>> endless = context -> {
            begun.countDown();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return List.of();
        };
        AtomicReference<PreflightReport> report = new AtomicReference<>();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread preflight = new Thread(() -> {
            report.set(run(check("one", endless), check("other", endless)));
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        preflight.start();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        preflight.interrupt();
        preflight.join(10_000);

        assertThat(preflight.isAlive()).isFalse();
        assertThat(report.get().passed()).isFalse();
        assertThat(report.get().errors()).extracting(Problem::code).containsOnly(CheckCode.CHECK_INTERRUPTED);
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void whatThePlanLeavesOutIsNotMadeAndSaysSo() {
        live.source.to("XA RECOVER", row("data", "a"));
        Situation skipping = shop.with(plan -> plan.skipChecks("prepared-xa", "reach-unproven", "own"));

        PreflightReport report =
                run(skipping, live.servers(), Duration.ofSeconds(20), 4, check("own", context -> List.of()));

        assertThat(report.findings()).isEmpty();
        assertThat(report.checks())
                .doesNotContain("prepared-xa", "reach-unproven", "own")
                .contains("no-tls");
        assertThat(report.skipped()).containsExactly("own", "prepared-xa", "reach-unproven");
        assertThat(report).asString().contains("left out: own, prepared-xa, reach-unproven");
        assertThat(live.source.asked).doesNotContain("XA RECOVER");
    }

    @Test
    void whatProtectsDataIsMadeWhateverAStoredPlanSays() {
        live.replica.to("information_schema.TABLES", row("db", "shop", "found", "1", "example", "t"));
        Situation skipping = shop.with(plan -> plan.skipChecks("replica-holds-data"));

        assertThat(run(skipping, live.servers(), Duration.ofSeconds(20), 4).errors())
                .extracting(Problem::code)
                .containsExactly(CheckCode.REPLICA_HOLDS_DATA);
    }

    @Test
    void theReportIsDataForPrograms() {
        live.source.to("XA RECOVER", row("data", "a"));

        Document report = Json.read(Json.write(run().toDocument()));

        assertThat(report.text("fingerprint")).isEqualTo("fingerprint");
        assertThat(report.text("takenAt")).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(report.truth("passed")).isTrue();
        assertThat(report.texts("checks")).contains("same-server", "prepared-xa");
        assertThat(report.texts("skipped")).isEmpty();
        Document finding = report.list("findings", Function.identity()).get(0);
        assertThat(finding.text("check")).isEqualTo("prepared-xa");
        assertThat(finding.text("level")).isEqualTo("WARNING");
        assertThat(finding.text("code")).isEqualTo("CORE-245");
        assertThat(finding.text("meaning")).startsWith("XA transactions are prepared");
        assertThat(finding.text("evidence")).startsWith("1 XA transactions are prepared on the source 10.0.0.1");
        assertThat(finding.text("remedy")).contains("XA COMMIT");
    }
}
