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
    private final Cancellation cancellation = new Cancellation();
    private final WideRows rows = new WideRows(cancellation);

    private CompletableFuture<Void> takesItsTurn(WideRows.Turn reader) {
        return CompletableFuture.runAsync(reader::await);
    }

    @Test
    void oneReaderAfterTheOther() throws Exception {
        WideRows.Turn first = rows.turn();
        first.await();
        first.await();
        assertThat(first.isMine()).isTrue();
        WideRows.Turn second = rows.turn();

        CompletableFuture<Void> waiting = takesItsTurn(second);
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(waiting).isNotDone();
        first.close();
        first.close();

        waiting.get(10, TimeUnit.SECONDS);
        assertThat(first.isMine()).isFalse();
        CompletableFuture<Void> again = takesItsTurn(first);
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(again).isNotDone();
        second.close();
        again.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoWaitsHearsThatAllIsCancelled() {
        rows.turn().await();
        CompletableFuture<Void> waiting = takesItsTurn(rows.turn());

        cancellation.cancel();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                .withCauseInstanceOf(CancelledException.class);
    }
}
