// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.TableName;
import dev.sluice.api.verify.RowDifference.Kind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerificationReportTest {
    private static RowDifference row(Kind kind, @Nullable String sql) {
        RepairStatement repair = sql == null ? null : new RepairStatement(sql, "shown");
        return new RowDifference("id = 1", kind, "it differs", List.of(), repair, sql == null ? "too long" : "");
    }

    private static VerificationReport report(RowDifference... rows) {
        TableComparison table = new TableComparison(
                TableName.of("d", "t"), TableComparison.Result.DIFFERENT, 1, 1, 1, 1, List.of(), List.of(rows));
        return new VerificationReport(List.of(table), List.of(), Duration.ZERO);
    }

    @Test
    void rowsThatAreTooManyGoBeforeOthersCome() {
        assertThat(report(row(Kind.MISSING, "insert"), row(Kind.EXTRA, "delete"), row(Kind.CHANGED, "update"))
                        .repairs())
                .extracting(RepairStatement::sql)
                .satisfies(first -> assertThat(first.get(0)).startsWith("SET NAMES utf8mb4"))
                .endsWith("delete", "insert", "update");
    }

    @Test
    void nothingToRepairNeedsNoSession() {
        assertThat(report(row(Kind.MISSING, null)).repairs()).isEmpty();
    }

    @Test
    void valuesOfRowsAreNotInAnyText() {
        assertThat(report(row(Kind.CHANGED, "UPDATE t SET password = 'geheim'")).toString())
                .contains("shown")
                .doesNotContain("geheim");
    }
}
