// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunEvent;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.copy.DumpReport;
import dev.sluice.core.dump.DumpListener;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes what a dump tells into the events of a copy. Used by the run's thread alone. */
final class DumpProgress implements DumpListener {
    private final RunLog log;
    private final Map<TableName, Long> bytes = new HashMap<>();
    private @Nullable CopyProgress progress;
    private @Nullable TableName underWay;

    DumpProgress(RunLog log) {
        this.log = log;
    }

    /** The load begins: from here on rates are measured. */
    void begin(Catalog catalog) {
        CopyProgress begun = new CopyProgress(log);
        catalog.tables().forEach(table -> {
            begun.planned(table.name(), table.estimatedRows(), table.estimatedBytes());
            bytes.put(table.name(), 0L);
        });
        progress = begun;
    }

    @Override
    public void rows(TableName table, long rows, long size) {
        CopyProgress begun = progress;
        if (begun == null || bytes.put(table, size) == null) {
            return;
        }
        TableName before = underWay;
        if (before != null && !before.equals(table)) {
            begun.passed(before);
        }
        underWay = table;
        begun.at(table, rows, size);
    }

    @Override
    public void warning(Problem problem) {
        log.event((run, at) -> new RunEvent.Warning(run, at, problem));
    }

    /** All is loaded and counted. */
    void finished(DumpReport report, BiConsumer<DumpReport.TableRows, Long> eachWithBytes) {
        CopyProgress begun = progress;
        for (DumpReport.TableRows table : report.tables()) {
            long size = bytes.getOrDefault(table.table(), 0L);
            if (begun != null) {
                begun.done(table.table(), table.rows(), size);
            }
            eachWithBytes.accept(table, size);
        }
        if (begun != null) {
            begun.finished();
        }
    }
}
