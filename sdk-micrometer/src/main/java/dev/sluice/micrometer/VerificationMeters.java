// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import io.micrometer.core.instrument.Counter;

/** What verifications came to. Thread-safe. */
final class VerificationMeters {
    private static final String CLEAN = "clean";
    private static final String NOT_CLEAN = "not_clean";

    private final Meters meters;
    private final Counter rows;
    private final Counter definitions;

    VerificationMeters(Meters meters) {
        this.meters = meters;
        this.rows = meters.counter(Metric.VERIFICATION_ROWS);
        this.definitions = meters.counter(Metric.VERIFICATION_DEFINITIONS);
        meters.timer(Metric.VERIFICATION, CLEAN);
        meters.timer(Metric.VERIFICATION, NOT_CLEAN);
        for (TableComparison.Result result : TableComparison.Result.values()) {
            meters.counter(Metric.VERIFICATION_TABLES, Meters.value(result));
        }
    }

    void add(VerificationReport report) {
        meters.timer(Metric.VERIFICATION, report.isClean() ? CLEAN : NOT_CLEAN).record(report.took());
        rows.increment((double) report.rows());
        definitions.increment(report.structure().size());
        for (TableComparison table : report.tables()) {
            meters.counter(Metric.VERIFICATION_TABLES, Meters.value(table.result()))
                    .increment();
        }
    }
}
