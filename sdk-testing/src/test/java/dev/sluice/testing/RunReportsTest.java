// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static dev.sluice.api.plan.GuideStep.ENABLE_REPLICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.document.Document;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.report.RunReport;
import dev.sluice.report.RunReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports of whole runs, which mock engines make without a server. */
@Timeout(60)
class RunReportsTest {
    private final MockEngine engine = MockEngine.create();
    private final Journal journal = Journal.inMemory();
    private final ReplicationPlan plan =
            ReplicationPlan.from(MockMySql.named("db1")).to(MockMySql.named("db2"));

    @TempDir
    Path folder;

    private Sluice sluice(Path reports) {
        return Sluice.builder()
                .engines(engine)
                .journal(journal)
                .reports(RunReports.in(reports))
                .build();
    }

    private static RunResult end(ReplicationRun run) {
        return run.completion().toCompletableFuture().join();
    }

    private RunId failed() {
        engine.on(ENABLE_REPLICATION).failsOnce(MockFailure.refused());
        try (Sluice sluice = sluice(folder)) {
            RunResult result = end(sluice.start(sluice.compile(plan)));
            assertThat(result.state()).isEqualTo(RunState.FAILED);
            return result.id();
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Document report(RunId run) throws IOException {
        return RunReport.fromJson(Files.readString(folder.resolve(run + ".json")))
                .document();
    }

    private static String state(Document report) {
        return report.document("result").text("state");
    }

    @Test
    void eachRunLeavesItsJsonAndItsPage() throws IOException {
        RunResult result;
        try (Sluice sluice = sluice(folder)) {
            result = end(sluice.start(sluice.compile(plan)));
        }

        assertThat(files()).containsExactly(result.id() + ".html", result.id() + ".json");
        Document report = report(result.id());
        assertThat(state(report)).isEqualTo("SUCCEEDED");
        assertThat(report.list("steps", step -> step.text("row"))).hasSameSizeAs(result.steps());
        assertThat(report.document("preflight").texts("checks")).isNotEmpty();
        assertThat(report.document("versions").text("sluice")).isNotEmpty();
        assertThat(Files.readString(folder.resolve(result.id() + ".html")))
                .contains("succeeded", result.id().toString());
    }

    @Test
    void theReportOfARunIsWrittenAnewByTheProcessThatGoesOnWithIt() throws IOException {
        RunId run = failed();
        assertThat(state(report(run))).isEqualTo("FAILED");

        try (Sluice sluice = sluice(folder)) {
            end(sluice.resume(run));
        }

        assertThat(files()).hasSize(2);
        assertThat(state(report(run))).isEqualTo("SUCCEEDED");
        assertThat(report(run).list("notes", note -> note.text("kind"))).contains("RESUMED");
        Document before = earlier(run).get(0);
        assertThat(earlier(run)).hasSize(1);
        assertThat(state(before)).isEqualTo("FAILED");
        assertThat(before.document("preflight").texts("checks")).isNotEmpty();
        assertThat(before.list("steps", step -> step.findText("outcome").orElse("none")))
                .contains("DONE", "FAILED");
        assertThat(report(run).list("steps", step -> step.findText("outcome").orElse("none")))
                .contains("DONE")
                .doesNotContain("FAILED");
        assertThat(Files.readString(folder.resolve(run + ".html"))).contains("Part 1 of 2", "Part 2 of 2");
    }

    private List<Document> earlier(RunId run) throws IOException {
        return report(run).list("earlier", part -> part);
    }

    /** The same as if its machine had lost its power: its report is as it was while it waited. */
    @Test
    void whatAProcessHadDoneWhenItWasKilledIsNotLost() throws IOException {
        RunId run;
        byte[] whileItWaited;
        try (Sluice sluice = sluice(folder)) {
            ReplicationRun waiting = sluice.start(sluice.compile(plan.pauseBefore(ENABLE_REPLICATION)));
            run = waiting.id();
            await().until(() -> waiting.status().state() == RunState.PAUSED && files().size() == 2);
            await().untilAsserted(() -> assertThat(report(run).list("steps", step -> step.text("row")))
                    .contains("LOAD"));
            assertThat(report(run).has("result")).isFalse();
            whileItWaited = Files.readAllBytes(folder.resolve(run + ".json"));
        }
        assertThat(state(report(run))).as("closed").isEqualTo("FAILED");
        Files.write(folder.resolve(run + ".json"), whileItWaited);

        try (Sluice sluice = sluice(folder)) {
            ReplicationRun resumed = sluice.resume(run);
            await().until(() -> resumed.status().state() == RunState.PAUSED);
            resumed.proceed();
            assertThat(end(resumed).state()).isEqualTo(RunState.SUCCEEDED);
        }

        Document killed = earlier(run).get(0);
        assertThat(killed.list("steps", step -> step.text("row"))).contains("LOAD");
        assertThat(killed.has("result")).isFalse();
        assertThat(Files.readString(folder.resolve(run + ".html"))).contains("without an end");
    }

    /** A copy of hours is one step. */
    @Test
    void aLongStepIsWrittenOnceAMinute() throws IOException {
        RunId run = new RunId("r-1");
        Instant began = Instant.parse("2026-05-04T10:00:00Z");
        RunListener listener;
        try (Sluice sluice = sluice(folder)) {
            listener = RunReports.in(folder).listenerOf(sluice.compile(plan), Optional.empty());
        }

        listener.onEvent(new RunEvent.RunStarted(run, began, "f", 1));
        assertThat(report(run).text("ended")).isEqualTo(began.toString());
        listener.onEvent(new RunEvent.LockReleased(run, began.plusSeconds(59), Duration.ZERO));
        assertThat(report(run).text("ended")).isEqualTo(began.toString());
        listener.onEvent(new RunEvent.LockReleased(run, began.plusSeconds(60), Duration.ZERO));
        assertThat(report(run).document("copy").list("locks", lock -> lock)).hasSize(2);
    }

    @Test
    void whoWroteElsewhereIsNotMadeUp() throws IOException {
        RunId run = failed();
        Files.delete(folder.resolve(run + ".json"));
        Files.delete(folder.resolve(run + ".html"));

        try (Sluice sluice = sluice(folder)) {
            end(sluice.resume(run));
        }

        assertThat(earlier(run)).isEmpty();
        assertThat(report(run).truth("resumed")).isTrue();
        assertThat(Files.readString(folder.resolve(run + ".html"))).contains("What was done before is not told here");
    }

    @Test
    void andByTheOneThatTakesItBack() throws IOException, InterruptedException {
        RunId run = failed();

        try (Sluice sluice = sluice(folder)) {
            sluice.abandon(run);
        }

        assertThat(state(report(run))).isEqualTo("ABANDONED");
        assertThat(earlier(run))
                .singleElement()
                .satisfies(before -> assertThat(state(before)).isEqualTo("FAILED"));
    }

    @Test
    void aHandleThatTakesItsOwnRunBackHasOnePart() throws IOException, InterruptedException {
        engine.on(ENABLE_REPLICATION).failsOnce(MockFailure.refused());
        RunId run;
        try (Sluice sluice = sluice(folder)) {
            ReplicationRun failing = sluice.start(sluice.compile(plan));
            run = end(failing).id();
            failing.abandon();
        }

        assertThat(state(report(run))).isEqualTo("ABANDONED");
        assertThat(earlier(run)).isEmpty();
        assertThat(report(run).truth("resumed")).isFalse();
    }

    @Test
    void aFolderThatCannotBeMadeHarmsNoRun() throws IOException {
        Path taken = Files.writeString(folder.resolve("taken"), "");

        try (Sluice sluice = sluice(taken)) {
            assertThat(end(sluice.start(sluice.compile(plan))).state()).isEqualTo(RunState.SUCCEEDED);
        }

        assertThat(files()).containsExactly("taken");
    }
}
