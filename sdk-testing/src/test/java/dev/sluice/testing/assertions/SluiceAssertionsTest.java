// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import static dev.sluice.api.plan.GuideStep.CATCH_UP;
import static dev.sluice.api.plan.GuideStep.CREATE_REPLICATION_USER;
import static dev.sluice.api.plan.GuideStep.ENABLE_BINLOG;
import static dev.sluice.api.plan.GuideStep.ENABLE_REPLICATION;
import static dev.sluice.api.plan.GuideStep.LOAD;
import static dev.sluice.api.plan.GuideStep.PREPARE_REPLICA;
import static dev.sluice.api.plan.GuideStep.PROTECT_REPLICA;
import static dev.sluice.api.plan.GuideStep.RELAX_RETENTION;
import static dev.sluice.api.plan.GuideStep.RETAIN_BINLOGS;
import static dev.sluice.api.plan.GuideStep.SNAPSHOT;
import static dev.sluice.api.plan.GuideStep.STOP_REPLICATION;
import static dev.sluice.api.plan.GuideStep.VERIFY;
import static dev.sluice.testing.assertions.SluiceAssertions.assertThat;
import static dev.sluice.testing.assertions.SluiceAssertions.assertThatThrownBy;
import static dev.sluice.testing.assertions.SluiceAssertions.hours;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.compiled.Explanation;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.spi.StepKey;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.Sluice;
import dev.sluice.report.RunReport;
import dev.sluice.report.RunReports;
import dev.sluice.testing.ManualClock;
import dev.sluice.testing.MockCode;
import dev.sluice.testing.MockEngine;
import dev.sluice.testing.MockFailure;
import dev.sluice.testing.MockMySql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each assertion holds where it should, and where it does not the message says what was there. */
class SluiceAssertionsTest {
    private static final MockMySql DB1 = MockMySql.named("db1");
    private static final MockMySql DB2 = MockMySql.named("db2");
    private static final TableName ORDERS = TableName.of("shop", "orders");

    @TempDir
    Path folder;

    private final MockEngine mock = MockEngine.create().clock(ManualClock.create());
    private final ReplicationPlan plan = ReplicationPlan.from(DB1).to(DB2).retainBinlogs(hours(144));

    private Sluice sluice() {
        return mock.sluice().reports(RunReports.in(folder.resolve("reports"))).build();
    }

    private CompiledPlan compiled() {
        try (Sluice sluice = sluice()) {
            return sluice.compile(plan);
        }
    }

    private RunResult result() {
        try (Sluice sluice = sluice()) {
            return sluice.start(sluice.compile(plan))
                    .completion()
                    .toCompletableFuture()
                    .join();
        }
    }

    private static void fails(ThrowingCallable assertion, String... said) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(said);
    }

    @Test
    void plans() {
        assertThat(plan)
                .replicatesFrom(DB1)
                .replicatesTo(DB2)
                .retainsBinlogsFor(hours(144))
                .isAbout(plan.scope())
                .allowsNothing();
        assertThat(plan.allowPlainText()).allowsOnly(Consent.PLAIN_TEXT);
        try (Sluice sluice = sluice()) {
            assertThat(plan).isTheSameAfterBeingStored(sluice);
        }
        fails(() -> assertThat(plan).replicatesFrom(DB2), "db2", "db1");
        fails(() -> assertThat((ReplicationPlan) null).replicatesFrom(DB2), "not to be null");
        fails(() -> assertThat(plan).retainsBinlogsFor(hours(1)), "  1 h\n", "  144 h");
        fails(() -> assertThat(plan.allowPlainText()).allowsNothing(), "PLAIN_TEXT");
    }

    @Test
    void compiledPlans() {
        assertThat(compiled())
                .hasSteps(
                        RETAIN_BINLOGS,
                        CREATE_REPLICATION_USER,
                        PREPARE_REPLICA,
                        SNAPSHOT,
                        LOAD,
                        PROTECT_REPLICA,
                        ENABLE_REPLICATION,
                        CATCH_UP,
                        VERIFY,
                        RELAX_RETENTION)
                .includesSteps(LOAD)
                .doesNothingFor(ENABLE_BINLOG)
                .positionsBy(Positioning.BINLOG_POSITION)
                .retainsBinlogsFor(hours(144))
                .asksForNoConsent()
                .doesNotRestart(DB1)
                .doesNotDisrupt(DB2)
                .sends("RETENTION TO 144 HOURS")
                .doesNotSend("DROP DATABASE")
                .canUndo(CREATE_REPLICATION_USER);
        String retention = "SET MOCK BINLOG RETENTION TO 144 HOURS";
        fails(() -> assertThat(compiled()).hasSteps(LOAD), "exactly the rows [LOAD]", retention);
        fails(() -> assertThat(compiled()).doesNothingFor(LOAD), "LOAD");
        fails(() -> assertThat(compiled()).positionsBy(Positioning.GTID), "BINLOG_POSITION");
        fails(
                () -> assertThat(compiled()).retainsBinlogsFor(hours(14)),
                "for 14 h, and the plan asks for 144 h",
                retention);
        fails(() -> assertThat(compiled()).changesNothingOn(DB1), "db1", retention);
        fails(() -> assertThat(compiled()).sends("100% sure"), "100% sure", retention);
        fails(() -> assertThat(compiled()).doesNotSend("RETENTION"), retention);
        fails(() -> assertThat(compiled()).canUndo(PREPARE_REPLICA), "an undo", retention);
    }

    @Test
    void rowsThatAreMissingAreNamedAndNothingElseIsExplained() {
        assertThatThrownBy(() -> assertThat(compiled()).includesSteps(LOAD, ENABLE_BINLOG, STOP_REPLICATION))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        Expected something to do in more rows; missing:
                          ENABLE_BINLOG, which has nothing to do: Binary logging is on.
                          STOP_REPLICATION, which is none of the plan's
                        The plan has something to do in
                          RETAIN_BINLOGS, CREATE_REPLICATION_USER, PREPARE_REPLICA, SNAPSHOT, LOAD, PROTECT_REPLICA,\
                         ENABLE_REPLICATION, CATCH_UP, VERIFY, RELAX_RETENTION""");
    }

    @Test
    void consentsAreToldWithTheRowsThatNeedThem() {
        SqlOperation restart = new SqlOperation(
                OperationInfo.changing("restart", Target.SOURCE, "Restart the source")
                        .disruptiveWith(Consent.SOURCE_RESTART),
                Statement.of("RESTART"));
        CompiledPlan restarts = new WithStep(
                compiled(),
                new CompiledStep(
                        new StepKey(DB1.engine(), "x", 1), ENABLE_BINLOG, List.of(restart), List.of(), hours(1)));

        assertThat(restarts).asksConsentFor(Consent.SOURCE_RESTART);
        fails(
                () -> assertThat(restarts).asksForNoConsent(),
                "Expected no consent to be needed",
                "\n  SOURCE_RESTART: ENABLE_BINLOG");
        fails(() -> assertThat(restarts).doesNotRestart(DB1), "db1 is not restarted", "\n  RESTART");
        fails(
                () -> assertThat(compiled()).asksConsentFor(Consent.SOURCE_RESTART),
                "exactly the consents [SOURCE_RESTART]",
                "but none is");
    }

    /** A plan that does one thing more. */
    private record WithStep(CompiledPlan honest, CompiledStep more) implements CompiledPlan {
        @Override
        public Plan plan() {
            return honest.plan();
        }

        @Override
        public Optional<ServerFacts> sourceFacts() {
            return honest.sourceFacts();
        }

        @Override
        public ServerFacts replicaFacts() {
            return honest.replicaFacts();
        }

        @Override
        public Positioning positioning() {
            return honest.positioning();
        }

        @Override
        public List<CompiledStep> steps() {
            return Stream.concat(Stream.of(more), honest.steps().stream()).toList();
        }

        @Override
        public String fingerprint() {
            return honest.fingerprint();
        }

        @Override
        public Explanation explain() {
            return honest.explain();
        }
    }

    @Test
    void longStatementsAreCut() {
        String many = "a".repeat(300);
        assertThat(PlanText.cut(many)).isEqualTo("a".repeat(160) + " …");
        assertThat(PlanText.cut("SELECT 1\n  FROM t")).isEqualTo("SELECT 1 FROM t");
        assertThat(PlanText.cut(many + "DROP" + many, "DROP"))
                .contains("aDROPa")
                .hasSizeLessThan(200);
        assertThat(PlanText.cut("DROP TABLE t", "DROP")).isEqualTo("DROP TABLE t");
    }

    @Test
    void timesAreWrittenAsPeopleDo() {
        assertThat(TimeText.of(hours(144))).isEqualTo("144 h");
        assertThat(TimeText.of(Duration.ofMinutes(90))).isEqualTo("1 h 30 min");
        assertThat(TimeText.of(Duration.ofMillis(1_250))).isEqualTo("1.25 s");
        assertThat(TimeText.of(Duration.ZERO)).isEqualTo("0 s");
        assertThat(TimeText.of(Duration.ofSeconds(-61))).isEqualTo("-1 min 1 s");
    }

    @Test
    void results() {
        assertThat(result())
                .succeeded()
                .did(
                        RETAIN_BINLOGS,
                        CREATE_REPLICATION_USER,
                        PREPARE_REPLICA,
                        SNAPSHOT,
                        LOAD,
                        PROTECT_REPLICA,
                        ENABLE_REPLICATION,
                        VERIFY,
                        RELAX_RETENTION)
                .copiedRows(1000)
                .leftNothing()
                .isVerified()
                .tookAtMost(Duration.ofMinutes(1))
                .tookAtLeast(Duration.ZERO);
        assertThat(result()).changedNothing();
        fails(() -> assertThat(result()).failedWith("CORE-612"), "CORE-612", "SUCCEEDED");
        fails(() -> assertThat(result()).copiedRows(7), "7 rows");
        fails(() -> assertThat(result()).tookAtLeast(hours(36)), "at least 36 h", "SUCCEEDED after ");
    }

    @Test
    void resultsOfRunsThatFailed() {
        mock.on(ENABLE_REPLICATION).thenFails(MockFailure.refused());

        RunResult failed = result();

        assertThat(failed)
                .failedWith(MockCode.REFUSED)
                .failedIn(ENABLE_REPLICATION)
                .left("undo:");
        fails(() -> assertThat(failed).succeeded(), "SUCCEEDED", "FAILED", "MOCK-002");
        fails(() -> assertThat(failed).leftNothing(), "left [still to be undone");
        fails(() -> assertThat(failed).undid("everything"), "undone []");
    }

    @Test
    void reportsOfPreflight() {
        PreflightReport report;
        try (Sluice sluice = sluice()) {
            report = sluice.preflight(sluice.compile(plan));
        }
        Finding finding = new Finding(
                "no-primary-key", Finding.Level.WARNING, Problem.of(MockCode.REFUSED, "shop.orders has none"));
        PreflightReport found = new PreflightReport(
                "f", Instant.EPOCH, List.of("no-primary-key", "open-ddl"), List.of("space-needed"), List.of(finding));

        assertThat(report).passed().foundNothingBy("no-primary-key");
        assertThat(found)
                .passed()
                .found("no-primary-key")
                .found("no-primary-key", Finding.Level.WARNING)
                .found(MockCode.REFUSED)
                .foundNothingBy("open-ddl")
                .leftOut("space-needed");
        fails(() -> assertThat(found).didNotPass(), "shop.orders has none");
        fails(() -> assertThat(found).foundNothing(), "shop.orders has none");
        fails(() -> assertThat(found).foundNothingBy("space-needed"), "made: [no-primary-key, open-ddl]");
        fails(() -> assertThat(found).found("no-primary-key", Finding.Level.ERROR), "as ERROR");
    }

    @Test
    void reportsOfVerifications() {
        TableComparison different = new TableComparison(
                ORDERS, TableComparison.Result.DIFFERENT, 7, 6, 1, 1, List.of("row 3 is missing"), List.of());
        VerificationReport report = new VerificationReport(List.of(different), List.of(), Duration.ZERO);

        assertThat(report).hasMismatches(1).differsIn(ORDERS).compared(ORDERS).comparedRows(7);
        fails(() -> assertThat(report).isClean(), "1 mismatches", "row 3 is missing");
        fails(() -> assertThat(report).compared(), "shop");
    }

    @Test
    void reportsOfRuns() throws IOException {
        assertThat(result()).succeeded();
        Path json;
        try (Stream<Path> files = Files.list(folder.resolve("reports"))) {
            json = files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
        RunReport report = RunReport.fromJson(Files.readString(json));

        assertThat(report).says("db1").doesNotSay("mock-password");
        fails(() -> assertThat(report).says("no such thing"), "no such thing");
        assertThatThrownBy(() -> assertThat(report).doesNotSay("db1"))
                .isInstanceOf(AssertionError.class)
                .hasMessageNotContaining("db1");
    }

    @Test
    void goldenFiles() throws IOException {
        Path file = folder.resolve("golden.txt");
        CompiledPlan compiled = compiled();
        String before = System.getProperty(GoldenFile.SWITCH, "false");
        try {
            System.setProperty(GoldenFile.SWITCH, "false");
            fails(() -> assertThat(compiled).explainsAs(file), GoldenFile.SWITCH, "SET MOCK BINLOG RETENTION");

            System.setProperty(GoldenFile.SWITCH, "true");
            assertThat(compiled).explainsAs(file);

            System.setProperty(GoldenFile.SWITCH, "false");
            assertThat(compiled).explainsAs(file);
            Files.writeString(file, Files.readString(file).replace("144", "145"));
            fails(() -> assertThat(compiled).explainsAs(file), GoldenFile.SWITCH, "144", "145");
        } finally {
            System.setProperty(GoldenFile.SWITCH, before);
        }
    }
}
