// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.TableDefinition;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchQueueTest {
    private final BatchQueue queue = new BatchQueue();
    private final RowUnit one = unit("one");
    private final RowUnit other = unit("other");

    @Test
    void theOldestComesFirst() throws Exception {
        Batch first = added(one);
        Batch second = added(other);

        assertThat(queue.take(0)).isSameAs(first);
        assertThat(queue.take(0)).isSameAs(second);
        assertThat(queue.take(0)).isNull();
    }

    @Test
    void whoComesWhileAUnitIsWrittenGetsAnotherOne() throws Exception {
        Batch first = added(one);
        Batch next = added(one);
        Batch elsewhere = added(other);

        assertThat(queue.take(0)).isSameAs(first);
        assertThat(queue.take(0)).isSameAs(elsewhere);
        queue.written(first);
        assertThat(queue.take(0)).isSameAs(next);
    }

    @Test
    void nobodyRestsWhereThereIsOneUnitOnly() throws Exception {
        Batch first = added(one);
        Batch next = added(one);

        assertThat(queue.take(0)).isSameAs(first);
        assertThat(queue.take(0)).isSameAs(next);
    }

    @Test
    void aUnitIsFreeWhenTheLastOfItsBatchesIsWritten() throws Exception {
        Batch first = added(one);
        Batch second = added(one);
        queue.take(0);
        queue.take(0);
        queue.written(second);
        Batch third = added(one);
        Batch elsewhere = added(other);

        assertThat(queue.take(0)).isSameAs(elsewhere);
        queue.written(first);
        assertThat(queue.take(0)).isSameAs(third);
    }

    @Test
    void whoWaitsIsWoken() throws Exception {
        CompletableFuture<Batch> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return queue.take(20_000);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        Batch batch = added(one);

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isSameAs(batch);
    }

    private Batch added(RowUnit unit) {
        Batch batch = new Batch(unit, new LoadFormat(1 << 20), new byte[16]);
        queue.add(batch);
        return batch;
    }

    private static RowUnit unit(String table) {
        return RowUnit.whole(new TableCopy(new TableDefinition(
                TableName.of("d", table),
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new TableDefinition.Size("InnoDB", 0, 0))));
    }
}
