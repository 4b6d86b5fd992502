// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.document.Document;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.run.TableProgress;
import dev.sluice.api.verify.ComparedAt;
import dev.sluice.api.verify.RowDifference;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.Sluice;
import dev.sluice.report.ReportRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/report.md} has each member of a report that has everything, and no other. */
class ReportDocumentTest {
    private static final Set<String> TOLD_ELSEWHERE = Set.of("plan.explanation", "verification.at.coordinates");
    private static final Instant AT = Instant.parse("2026-05-04T10:00:00Z");
    private static final RunId RUN = new RunId("r-20260504-100000-000001");
    private static final Duration TIME = Duration.ofSeconds(2);
    private static final TableName TABLE = TableName.of("shop", "orders");
    private static final Problem PROBLEM = Problem.of(MockCode.UNAVAILABLE, "nobody answers");
    private static final Coordinates PLACE =
            new Coordinates("u", "", new BinlogPosition("binlog.000001", 4711), MySqlGtidSet.parse(""), AT, "locked");

    @Test
    void thePageHasEachMemberThatThereIs() throws IOException {
        Set<String> documented = Files.readAllLines(Path.of("..", "docs", "report.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> written = leaves(everything());
        // Those that hold others are on the page where there is something to say of them.
        documented.removeIf(name -> written.stream().anyMatch(member -> member.startsWith(name + ".")));

        assertThat(documented).containsExactlyElementsOf(written);
    }

    private static Document everything() {
        MockEngine mock = MockEngine.create();
        try (Sluice sluice = mock.sluice().build()) {
            CompiledPlan compiled =
                    sluice.compile(ReplicationPlan.from(MockMySql.named("db1")).to(MockMySql.named("db2")));
            ReportRecorder recorder = ReportRecorder.of(compiled);
            recorder.preflight(new PreflightReport(
                    compiled.fingerprint(),
                    AT,
                    List.of("some"),
                    List.of(),
                    List.of(new Finding("some", Finding.Level.NOTE, PROBLEM))));
            events(compiled).forEach(recorder::onEvent);
            return recorder.report().document();
        }
    }

    private static List<RunEvent> events(CompiledPlan compiled) {
        CompiledStep step = compiled.steps().stream()
                .filter(one -> !one.operations().isEmpty())
                .findFirst()
                .orElseThrow();
        StepResult done = new StepResult(step.row(), StepResult.Outcome.DONE, List.of(), "seen", TIME);
        return List.of(
                new RunEvent.StepStarted(RUN, AT, step.key(), step.row()),
                new RunEvent.OperationFinished(
                        RUN, AT, step.key(), step.operations().get(0), TIME),
                new RunEvent.StepFinished(RUN, AT, step.key(), done),
                new RunEvent.RetryScheduled(RUN, AT, step.key(), 1, TIME, PROBLEM, 1, 1),
                new RunEvent.LockReleased(RUN, AT, TIME),
                new RunEvent.Progress(RUN, AT, 1, 1, 1, 1, 1, 1, null, List.of()),
                new RunEvent.TableCopied(RUN, AT, new TableProgress(TABLE, 1, 1, 1), AT),
                new RunEvent.LagObserved(RUN, AT, TIME, "runs"),
                new RunEvent.RunFinished(RUN, AT, result(done)));
    }

    private static RunResult result(StepResult step) {
        RowDifference row =
                new RowDifference("id=7", RowDifference.Kind.MISSING, "row id=7 is missing", List.of(), null, "none");
        TableComparison table = new TableComparison(
                TABLE, TableComparison.Result.DIFFERENT, 2, 1, 1, 1, List.of(row.what()), List.of(row));
        return new RunResult(
                RUN,
                RunState.FAILED,
                List.of(step),
                PLACE,
                1,
                1,
                TIME,
                TIME,
                TIME,
                new VerificationReport(List.of(table), List.of(), TIME, new ComparedAt(PLACE, TIME, TIME)),
                PROBLEM,
                List.of(),
                List.of(),
                TIME);
    }

    /** What of the report holds nothing else. */
    private static Set<String> leaves(Document report) {
        Set<String> leaves = new TreeSet<>();
        report.values().forEach((name, value) -> read(name, value, leaves));
        return leaves;
    }

    private static void read(String path, Object value, Set<String> leaves) {
        if (value instanceof Document nested && !TOLD_ELSEWHERE.contains(path)) {
            nested.values().forEach((name, inside) -> read(path + "." + name, inside, leaves));
        } else if (value instanceof List<?> all && !all.isEmpty() && all.get(0) instanceof Document) {
            all.forEach(one -> read(path + "[]", one, leaves));
        } else {
            leaves.add(path);
        }
    }
}
