// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.TableDefinition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PipelineTest {
    private static final String SHOWN = """
            CREATE TABLE `t` (
              `id` int NOT NULL,
              `v` int DEFAULT NULL,
              PRIMARY KEY (`id`),
              KEY `v` (`v`)
            ) ENGINE=InnoDB""";

    private final TableDefinition table = new TableDefinition(
            new TableName("d", "t"),
            SHOWN,
            List.of(),
            List.of(),
            List.of("id"),
            List.of(),
            new TableDefinition.Size("InnoDB", 0, 0));
    private final TableCopy copy = new TableCopy(table);
    private final RowUnit unit = RowUnit.whole(copy);
    private final Pipeline pipeline = pipeline(new Copies.Heard());

    private Pipeline pipeline(CopyListener listener) {
        return new Pipeline(
                List.of(unit),
                new Pipeline.Crew(1, 2, 4096, 7),
                new LoadFormat(1 << 20),
                IndexPlan.of(
                        new Catalog("utf8mb4_0900_ai_ci", List.of(), List.of(table), List.of()),
                        IndexTiming.AFTER_ROWS),
                listener);
    }

    @Test
    void inAPauseNoKeysAreBegun() throws Exception {
        copy.dividedInto(1);
        pipeline.read(unit, 0);
        pipeline.gate().pause();

        CompletableFuture<WriterWork> next = CompletableFuture.supplyAsync(() -> pipeline.nextWork(0));
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(next).isNotDone();
        pipeline.gate().goOn();

        assertThat(next.get(10, TimeUnit.SECONDS)).isInstanceOf(WriterWork.Keys.class);
    }

    @Test
    void moreWritersHaveMoreBatches() {
        copy.dividedInto(1);
        // One for the reader, and two for each of two writers.
        IntStream.range(0, 5).forEach(i -> pipeline.begin(unit, 10));
        CompletableFuture<Batch> next = CompletableFuture.supplyAsync(() -> pipeline.begin(unit, 10));

        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> next.get(300, TimeUnit.MILLISECONDS));
        pipeline.seats(new Seats(1, 3));

        assertThat(next).succeedsWithin(Duration.ofSeconds(10));
        assertThat(CompletableFuture.supplyAsync(() -> pipeline.begin(unit, 10)))
                .succeedsWithin(Duration.ofSeconds(10));
        pipeline.seats(new Seats(1, 64));
        assertThatExceptionOfType(TimeoutException.class)
                .as("the heap has no more")
                .isThrownBy(() -> CompletableFuture.supplyAsync(() -> pipeline.begin(unit, 10))
                        .get(300, TimeUnit.MILLISECONDS));
        pipeline.failure().report(new IllegalStateException("over"));
    }

    @Test
    void whatFailsAfterTheLastRowEndsTheCopy() {
        Pipeline failing = pipeline(new Copies.Heard() {
            @Override
            public void allRead() {
                throw new IllegalStateException("not closed");
            }
        });

        failing.readerEnded();

        assertThatIllegalStateException()
                .isThrownBy(() -> failing.failure().rethrow())
                .withMessage("not closed");
    }
}
