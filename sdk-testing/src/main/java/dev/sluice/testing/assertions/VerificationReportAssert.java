// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import dev.sluice.api.plan.TableName;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a comparison of replica and source. */
public final class VerificationReportAssert extends AbstractAssert<VerificationReportAssert, VerificationReport> {
    VerificationReportAssert(VerificationReport report) {
        super(report, VerificationReportAssert.class);
    }

    /** Everything that was compared is equal. */
    public VerificationReportAssert isClean() {
        return require(isThere().isClean(), "that nothing differs");
    }

    /** So many tables and definitions differ, or could not be decided. */
    public VerificationReportAssert hasMismatches(long number) {
        return require(isThere().mismatches() == number, number + " mismatches");
    }

    /** These tables were compared, in any order, and no others. */
    public VerificationReportAssert compared(TableName... tables) {
        List<TableName> there =
                isThere().tables().stream().map(TableComparison::table).toList();
        boolean isSame = there.size() == tables.length && there.containsAll(Arrays.asList(tables));
        return require(isSame, "a comparison of exactly " + Arrays.toString(tables));
    }

    /** Rows of this table are proven to differ. */
    public VerificationReportAssert differsIn(TableName table) {
        boolean differs = isThere().tables().stream()
                .anyMatch(one -> one.table().equals(table) && one.result() == TableComparison.Result.DIFFERENT);
        return require(differs, "differences in " + table);
    }

    /** So many rows were compared, counted on the source. */
    public VerificationReportAssert comparedRows(long rows) {
        return require(isThere().rows() == rows, rows + " compared rows");
    }

    private VerificationReport isThere() {
        isNotNull();
        return actual;
    }

    private VerificationReportAssert require(boolean holds, String expected) {
        if (!holds) {
            failWithMessage("%s", "Expected " + expected + "\nbut it was\n  " + text(actual));
        }
        return this;
    }

    static String text(VerificationReport report) {
        String tables = report.tables().stream()
                .map(one -> one.table() + " " + one.result() + " (" + one.sourceRows() + " and " + one.replicaRows()
                        + " rows) " + one.differences())
                .collect(Collectors.joining("; "));
        return report.mismatches() + " mismatches; tables: [" + tables + "]; definitions: " + report.structure();
    }
}
