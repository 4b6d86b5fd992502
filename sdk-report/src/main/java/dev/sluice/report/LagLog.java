// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import dev.sluice.api.run.RunEvent;
import java.util.List;

/** How far the replica was behind, over the time that the run waited for it. Not thread-safe. */
final class LagLog {
    private static final int SAMPLES = 400;

    private final Samples<Document> samples = new Samples<>(SAMPLES);

    void add(RunEvent.LagObserved event) {
        Document sample = Document.empty().with("at", event.at().toString()).with("state", event.state());
        samples.add(
                event.lag().map(lag -> sample.with("seconds", lag.toSeconds())).orElse(sample));
    }

    List<Document> documents() {
        return samples.all();
    }
}
