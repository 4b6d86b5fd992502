// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.ColumnDefinition;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.copy.InsertFormat.Literals;
import dev.sluice.core.mysql.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What one row costs on its way into a batch. In this package, because batches and formats are nobody else's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EscapingBenchmark {
    private static final int ROWS = 16;
    private static final int BUFFER = 4 << 20;
    private static final long PACKET = 64 << 20;
    private static final long SEED = 42;

    /** How rows travel. */
    public enum Format {
        LOAD,
        INSERT
    }

    /** What a row is made of. */
    public enum Kind {
        /** 190 bytes of text and numbers, of which none needs an escape. */
        TEXT,
        /** 64 kB of random bytes. */
        BINARY
    }

    @Param
    public Format format;

    @Param
    public Kind kind;

    private RowFormat rows;
    private TableCopy table;
    private RowUnit unit;
    private RawValue[] row;
    private byte[] buffer;

    @Setup
    public void setUp() {
        rows = format == Format.LOAD ? new LoadFormat(PACKET) : new InsertFormat(PACKET, Literals.ESCAPED);
        table = new TableCopy(new TableDefinition(
                TableName.of("bench", "t"),
                "",
                List.of(),
                columns(),
                List.of("id"),
                List.of(),
                new TableDefinition.Size("InnoDB", ROWS, ROWS)));
        unit = RowUnit.whole(table);
        row = values();
        buffer = new byte[BUFFER];
    }

    /** Append to a batch. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int append() {
        Batch batch = new Batch(unit, rows, buffer);
        for (int i = 0; i < ROWS; i++) {
            if (!batch.takes(RowFormat.sizeAtMost(row))) {
                throw new IllegalStateException("the buffer is too small");
            }
            batch.add(row);
        }
        return batch.length();
    }

    /** The exact size, which the copy asks for where rows are not surely small. */
    @Benchmark
    public long size() {
        return rows.size(table.statements(), row);
    }

    private List<ColumnDefinition> columns() {
        return switch (kind) {
            case TEXT ->
                Stream.of("id bigint", "k int", "c char", "pad char")
                        .map(EscapingBenchmark::column)
                        .toList();
            case BINARY ->
                Stream.of("id bigint", "content longblob")
                        .map(EscapingBenchmark::column)
                        .toList();
        };
    }

    private static ColumnDefinition column(String nameAndType) {
        String[] parts = nameAndType.split(" ");
        return new ColumnDefinition(
                parts[0],
                parts[1],
                parts[1],
                "",
                ColumnDefinition.Generation.NO,
                ColumnDefinition.Visibility.VISIBLE,
                "");
    }

    private RawValue[] values() {
        byte[] random = new byte[64 << 10];
        new Random(SEED).nextBytes(random);
        return switch (kind) {
            case TEXT -> row(text("1234567"), text("3735928559"), text("c".repeat(120)), text("p".repeat(59)));
            case BINARY -> row(text("1234567"), random);
        };
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static RawValue[] row(byte[]... values) {
        return Arrays.stream(values)
                .map(bytes -> {
                    RawValue value = new RawValue();
                    value.set(bytes);
                    return value;
                })
                .toArray(RawValue[]::new);
    }
}
