// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import dev.sluice.api.verify.ComparedAt;
import dev.sluice.api.verify.RowDifference;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;

/** What the comparison of both servers found. */
final class VerificationPart {
    private VerificationPart() {}

    static Document of(VerificationReport report) {
        Document found = Document.empty()
                .with("clean", report.isClean())
                .with("mismatches", report.mismatches())
                .with("rows", report.rows())
                .with("tookMillis", report.took().toMillis())
                .withTexts("structure", report.structure())
                .withAll(
                        "tables",
                        report.tables().stream().map(VerificationPart::table).toList());
        return report.at().map(at -> found.with("at", at(at))).orElse(found);
    }

    private static Document at(ComparedAt at) {
        return Document.empty()
                .with("coordinates", Place.of(at.coordinates()))
                .with("lockMillis", at.lockHeld().toMillis())
                .with("applierStoppedMillis", at.applierStopped().toMillis());
    }

    private static Document table(TableComparison table) {
        return Document.empty()
                .with("table", table.table().toString())
                .with("result", table.result().name())
                .with("sourceRows", table.sourceRows())
                .with("replicaRows", table.replicaRows())
                .with("parts", table.chunks())
                .with("looks", table.looks())
                .withTexts("differences", table.differences())
                .withAll(
                        "rows", table.rows().stream().map(VerificationPart::row).toList());
    }

    /** Without the statement that would repair it, which has the row's values. */
    private static Document row(RowDifference row) {
        return Document.empty()
                .with("row", row.row())
                .with("kind", row.kind().name())
                .withTexts("columns", row.columns());
    }
}
