// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps that have begun, each with what was done in it. Not thread-safe. */
final class StepLog {
    private final List<Entry> steps = new ArrayList<>();

    private static final class Entry {
        final RunEvent.StepStarted started;
        final List<Document> operations = new ArrayList<>();
        RunEvent.@Nullable StepFinished finished;

        Entry(RunEvent.StepStarted started) {
            this.started = started;
        }
    }

    void add(RunEvent.StepStarted event) {
        steps.add(new Entry(event));
    }

    void add(RunEvent.OperationFinished event) {
        if (!steps.isEmpty()) {
            Operation operation = event.operation();
            last().operations
                    .add(Document.empty()
                            .with("id", operation.id())
                            .with("target", operation.info().target().name())
                            .with("purpose", operation.info().purpose())
                            .with("change", operation.info().change().name())
                            .withTexts("preview", operation.preview())
                            .with("ended", event.at().toString())
                            .with("tookMillis", event.took().toMillis()));
        }
    }

    void add(RunEvent.StepFinished event) {
        if (!steps.isEmpty()) {
            last().finished = event;
        }
    }

    private Entry last() {
        return steps.get(steps.size() - 1);
    }

    List<Document> documents() {
        return steps.stream().map(StepLog::document).toList();
    }

    private static Document document(Entry entry) {
        Document step = Document.empty()
                .with("key", entry.started.step().toString())
                .with("row", entry.started.row().name())
                .with("title", entry.started.row().title())
                .with("began", entry.started.at().toString());
        RunEvent.StepFinished finished = entry.finished;
        return (finished == null ? step : ended(step, finished.at(), finished)).withAll("operations", entry.operations);
    }

    private static Document ended(Document step, Instant at, RunEvent.StepFinished finished) {
        return step.with("ended", at.toString())
                .with("outcome", finished.result().outcome().name())
                .with("evidence", finished.result().evidence())
                .with("tookMillis", finished.result().took().toMillis());
    }
}
