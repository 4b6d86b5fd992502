// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static dev.sluice.core.preflight.Answers.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.ServerErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
        return new Preflight(Clock.fixed(NOW, ZoneOffset.UTC), limit)
                .run(Compiled.of(shop), shop, List.of(engineChecks), servers);
    }

    private static Check check(String id, Function<LiveContext, List<Finding>> examine) {
        return new Check() {
            @Override
            public String id() {
                return id;
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

    @Test
    void aFailureIsNotMetByTheNextCheckOnItsSession() {
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        CheckServers servers = target -> {
            opened.incrementAndGet();
            return counted(live.servers().open(target), closed);
        };

        run(
                servers,
                Duration.ofSeconds(20),
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
}
