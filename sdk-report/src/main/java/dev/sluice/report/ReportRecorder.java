// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.document.Document;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.verify.VerificationReport;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hears of one run and keeps what its report shows, in bounded room however long the run takes: samples of throughput and lag are thinned out, of
 * retries and warnings the first thousand are kept. Of a run that another process had begun it knows the steps since it was resumed, which is one
 * part of the run; {@link RunReport#writeTo} puts those before it that the folder has. The result is that of the whole run. Thread-safe.
 */
public final class ReportRecorder implements RunListener {
    private final String part = UUID.randomUUID().toString();
    private final Document plan;
    private final StepLog steps = new StepLog();
    private final CopyLog copy = new CopyLog();
    private final LagLog lag = new LagLog();
    private final NoteLog notes = new NoteLog();
    private @Nullable String run;
    private @Nullable Instant began;
    private @Nullable Instant last;
    private boolean resumed;
    private @Nullable RunResult result;
    private @Nullable PreflightReport checks;

    private ReportRecorder(Document plan) {
        this.plan = plan;
    }

    /** For a run of this plan, of which nothing has happened yet. */
    public static ReportRecorder of(CompiledPlan compiled) {
        return new ReportRecorder(new PlanPart(requireNonNull(compiled, "compiled")).document());
    }

    /** Keeps what was found before the run, for the report. */
    public synchronized ReportRecorder preflight(PreflightReport found) {
        checks = requireNonNull(found, "found");
        return this;
    }

    @Override
    public synchronized void onEvent(RunEvent event) {
        run = event.run().toString();
        if (began == null) {
            began = event.at();
            resumed = !(event instanceof RunEvent.RunStarted);
        }
        last = event.at();
        notes.add(event);
        if (event instanceof RunEvent.StepStarted step) {
            steps.add(step);
        } else if (event instanceof RunEvent.OperationFinished operation) {
            steps.add(operation);
        } else if (event instanceof RunEvent.StepFinished step) {
            steps.add(step);
        } else if (event instanceof RunEvent.LagObserved observed) {
            lag.add(observed);
        } else if (event instanceof RunEvent.RunFinished finished) {
            result = finished.result();
        } else {
            ofCopy(event);
        }
    }

    private void ofCopy(RunEvent event) {
        if (event instanceof RunEvent.Progress progress) {
            copy.add(progress);
        } else if (event instanceof RunEvent.TableCopied table) {
            copy.add(table);
        } else if (event instanceof RunEvent.LockReleased lock) {
            copy.add(lock);
        } else if (event instanceof RunEvent.CopyStartsOver) {
            copy.startsOver();
        }
    }

    /** What is known by now; of a run that goes on, too. */
    public synchronized RunReport report() {
        Document all = Document.empty()
                .with("report", RunReport.FORMAT)
                .with("run", run)
                .with("part", part)
                .with("resumed", resumed)
                .with("began", text(began))
                .with("ended", text(last))
                .with("plan", plan)
                .withAll("earlier", List.of())
                .withAll("steps", steps.documents())
                .with("copy", copy.document())
                .withAll("lag", lag.documents())
                .withAll("notes", notes.documents())
                .with("notesLeftOut", notes.leftOut())
                .with("versions", Versions.ofThisJvm());
        return new RunReport(withResult(withChecks(all)));
    }

    private Document withChecks(Document all) {
        PreflightReport found = checks;
        return found == null ? all : all.with("preflight", found.toDocument());
    }

    private Document withResult(Document all) {
        RunResult ended = result;
        if (ended == null) {
            return all;
        }
        Document more = all.with("result", new ResultPart(ended).document());
        VerificationReport compared = ended.verification().orElse(null);
        return compared == null ? more : more.with("verification", VerificationPart.of(compared));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
