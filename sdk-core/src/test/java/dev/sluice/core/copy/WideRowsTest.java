// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WideRowsTest {
    private static final long WIDE = MemoryLimits.WIDE_ROW;

    private final Cancellation cancellation = new Cancellation();
    private final WideRows rows = new WideRows(cancellation);

    private CompletableFuture<Void> readsAWideRow(WideRows.Turn reader) {
        return CompletableFuture.runAsync(() -> reader.awaitFor(WIDE));
    }

    @Test
    void oneReaderHoldsWideRowsUntilTheyAreOver() throws Exception {
        WideRows.Turn first = rows.turn();
        first.awaitFor(WIDE);

        CompletableFuture<Void> second = readsAWideRow(rows.turn());
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(second).isNotDone();
        first.handedOn(WIDE - 1);

        second.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoWaitsIsNextAfterASingleRow() throws Exception {
        WideRows.Turn first = rows.turn();
        WideRows.Turn second = rows.turn();
        first.awaitFor(WIDE);
        CompletableFuture<Void> waiting = readsAWideRow(second);
        TimeUnit.MILLISECONDS.sleep(300);

        CompletableFuture<Void> again = CompletableFuture.completedFuture(null);
        // A poll of the one who waits may be over at this instant: then it is next a row later.
        for (int i = 0; i < 100 && !waiting.isDone(); i++) {
            again.get(10, TimeUnit.SECONDS);
            first.handedOn(WIDE);
            again = readsAWideRow(first);
            TimeUnit.MILLISECONDS.sleep(20);
        }

        assertThat(waiting).isCompleted();
        assertThat(again).as("its turn comes after the other's").isNotDone();
        second.close();
        again.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoWaitsHearsThatAllIsCancelled() {
        rows.turn().awaitFor(WIDE);
        CompletableFuture<Void> waiting = readsAWideRow(rows.turn());

        cancellation.cancel();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .withCauseInstanceOf(CancelledException.class);
    }
}
