// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import dev.sluice.api.error.Problem;
import dev.sluice.api.run.RunResult;
import java.time.Duration;

/** What the run came to. */
final class ResultPart {
    private final RunResult result;

    ResultPart(RunResult result) {
        this.result = result;
    }

    Document document() {
        Document all = Document.empty()
                .with("state", result.state().name())
                .with("tookMillis", result.took().toMillis())
                .with("rowsCopied", result.rowsCopied())
                .with("bytesCopied", result.bytesCopied())
                .with("copyMillis", result.copyTook().toMillis())
                .with("lockMillis", result.lockHeld().toMillis())
                .withTexts("undone", result.undone())
                .withTexts("left", result.left());
        all = result.coordinates().map(Place::of).map(addTo(all, "coordinates")).orElse(all);
        all = withLag(all);
        return result.problem()
                .map(ResultPart::problem)
                .map(addTo(all, "problem"))
                .orElse(all);
    }

    private static java.util.function.Function<Document, Document> addTo(Document all, String key) {
        return part -> all.with(key, part);
    }

    private Document withLag(Document all) {
        return result.lag()
                .map(Duration::toSeconds)
                .map(lag -> all.with("lagSeconds", lag))
                .orElse(all);
    }

    private static Document problem(Problem problem) {
        return Document.empty()
                .with("code", problem.code().id())
                .with("what", problem.what())
                .with("remedy", problem.remedy());
    }
}
