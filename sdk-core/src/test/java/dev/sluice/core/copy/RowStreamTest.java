// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.ColumnDefinition;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.RawRows;
import dev.sluice.core.mysql.RawValue;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two readers, and rows of which some are wide, with less memory than they would like. */
@Timeout(60)
class RowStreamTest {
    private static final int NARROW = 100;

    /** Too large for a batch, and not wide. */
    private static final int LARGE = 100 << 10;

    private static final int WIDE = 1 << 20;

    private final TableDefinition table = new TableDefinition(
            new TableName("d", "t"),
            "CREATE TABLE `t` (\n  `v` longblob\n) ENGINE=InnoDB",
            List.of(),
            List.of(new ColumnDefinition(
                    "v",
                    "longblob",
                    "longblob",
                    "",
                    ColumnDefinition.Generation.NO,
                    ColumnDefinition.Visibility.VISIBLE,
                    "")),
            List.of(),
            List.of(),
            new TableDefinition.Size("InnoDB", 0, 0));
    private final TableCopy copy = new TableCopy(table);
    private final RowUnit unit = RowUnit.whole(copy);
    private final Pipeline pipeline = new Pipeline(
            List.of(),
            new Pipeline.Crew(2, 1, 4096, 4),
            new LoadFormat(8 << 20),
            IndexPlan.of(
                    new Catalog("utf8mb4_0900_ai_ci", List.of(), List.of(table), List.of()), IndexTiming.WITH_ROWS),
            new Copies.Heard());

    private final Queue<Integer> made = new ConcurrentLinkedQueue<>();

    /** Rows of these sizes, which ask before memory is taken, as those off the wire do. */
    private final class Rows implements RawRows {
        private final Queue<Integer> sizes;
        private final LongConsumer beforeWide;

        Rows(List<Integer> sizes, LongConsumer beforeWide) {
            this.sizes = new ArrayDeque<>(sizes);
            this.beforeWide = beforeWide;
        }

        @Override
        public boolean next(RawValue[] into) {
            Integer size = sizes.poll();
            if (size == null) {
                return false;
            }
            beforeWide.accept(size);
            made.add(size);
            byte[] value = new byte[size];
            Arrays.fill(value, (byte) 'x');
            into[0].set(value);
            return true;
        }

        @Override
        public void close() {}
    }

    private CompletableFuture<Long> reads(Integer... sizes) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (WideRows.Turn turn = pipeline.wideRows()) {
                        RowStream stream = new RowStream(unit, pipeline, turn, new Debt());
                        return stream.handOn(new Rows(List.of(sizes), stream::beforeRow));
                    } catch (SQLException none) {
                        throw new CompletionException(none);
                    }
                },
                work -> new Thread(work).start());
    }

    /** Takes what is handed on, until so many rows were. */
    private void write(long rows) {
        for (long written = 0; written < rows; ) {
            if (pipeline.nextWork(0) instanceof WriterWork.Rows work) {
                written += work.batch().rows();
                pipeline.confirmed(work.batch());
            }
        }
    }

    @Test
    void whoWaitsForAWideRowHoldsNoBatch() throws Exception {
        copy.dividedInto(2);
        WideRows.Turn other = pipeline.wideRows();
        other.await();

        CompletableFuture<Long> reader = reads(NARROW, LARGE, WIDE);
        write(2);

        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(made).as("it is not its turn").containsExactly(NARROW, LARGE);
        other.close();
        write(1);
        assertThat(reader.get(10, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void rowsOfEverySizeAreHandedOnBySeveralReaders() throws Exception {
        copy.dividedInto(4);
        Integer[] sizes = IntStream.range(0, 60)
                .mapToObj(i -> List.of(WIDE, LARGE, NARROW, WIDE, NARROW).get(i % 5))
                .toArray(Integer[]::new);
        List<CompletableFuture<Long>> readers =
                IntStream.range(0, 4).mapToObj(i -> reads(sizes)).toList();

        write(4L * sizes.length);

        for (CompletableFuture<Long> reader : readers) {
            assertThat(reader.get(10, TimeUnit.SECONDS)).isEqualTo(sizes.length);
        }
    }
}
