// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.ColumnDefinition;
import dev.sluice.core.catalog.TableDefinition;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs here to divide one large table into as many parts as a copy ever makes, the server's own time left out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class RangePlanningBenchmark {
    private static final int PARTS = 1_000;

    @Param
    public ScriptedTable.Keys keys;

    private KeySplitter splitter;

    @Setup
    public void setUp() {
        splitter = new KeySplitter(new ScriptedTable(keys), TablePart.whole(definition(keys)));
        int conditions = conditions().size();
        if (conditions < PARTS / 2) {
            throw new IllegalStateException("only " + conditions + " parts: the script's answers divide nothing");
        }
    }

    /** Divide the table. */
    @Benchmark
    public List<String> conditions() {
        return splitter.conditions(PARTS);
    }

    static TableDefinition definition(ScriptedTable.Keys keys) {
        ColumnDefinition id = new ColumnDefinition(
                "id",
                keys.dataType(),
                keys.columnType(),
                "",
                ColumnDefinition.Generation.NO,
                ColumnDefinition.Visibility.VISIBLE,
                "");
        return new TableDefinition(
                TableName.of("bench", "t"),
                "",
                List.of(),
                List.of(id),
                List.of("id"),
                List.of(),
                new TableDefinition.Size("InnoDB", ScriptedTable.ROWS, ScriptedTable.ROWS));
    }
}
