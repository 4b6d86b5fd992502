// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.TableProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the copy went, table by table and over its time. Not thread-safe. */
final class CopyLog {
    private static final int SAMPLES = 400;

    private final Samples<Document> throughput = new Samples<>(SAMPLES);
    private final Map<String, Document> tables = new LinkedHashMap<>();
    private final List<Document> locks = new ArrayList<>();

    void add(RunEvent.Progress event) {
        throughput.add(Document.empty()
                .with("at", event.at().toString())
                .with("rows", event.rows())
                .with("bytes", event.bytes())
                .with("rowsPerSecond", event.rowsPerSecond())
                .with("bytesPerSecond", event.bytesPerSecond()));
    }

    void add(RunEvent.TableCopied event) {
        TableProgress table = event.table();
        String name = table.table().toString();
        tables.put(
                name,
                Document.empty()
                        .with("table", name)
                        .with("rows", table.rows())
                        .with("bytes", table.bytes())
                        .with("began", event.began().map(Instant::toString).orElse(null))
                        .with("ended", event.at().toString()));
    }

    /** What was copied before is copied again. */
    void startsOver() {
        tables.clear();
    }

    void add(RunEvent.LockReleased event) {
        locks.add(Document.empty()
                .with("at", event.at().toString())
                .with("heldMillis", event.held().toMillis()));
    }

    Document document() {
        return Document.empty()
                .withAll("tables", tables.values())
                .withAll("throughput", throughput.all())
                .withAll("locks", locks);
    }
}
