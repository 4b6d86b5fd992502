// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.JournalException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database, or a pool before it, that says nothing. */
@Timeout(30)
class JdbcCallsTest {
    private static final Duration SOON = Duration.ofMillis(300);

    private final CountDownLatch answers = new CountDownLatch(1);

    @Test
    void whoAsksWaitsNoLongerThanSaid() {
        JdbcCalls calls = new JdbcCalls(silent(), SOON);
        long began = System.nanoTime();

        assertThatThrownBy(() -> calls.inOne(List.of(), connection -> 1)).isInstanceOf(SQLTimeoutException.class);
        assertThatThrownBy(() -> JdbcJournal.open(calls, true))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("CORE-601")
                .hasMessageContaining("no answer");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    /** However many wait already. */
    @Test
    void noThreadIsLeftOnceTheWaitIsOver() {
        JdbcCalls calls = new JdbcCalls(silent(), SOON);
        for (int call = 0; call < 20; call++) {
            assertThatThrownBy(() -> calls.inOne(List.of(), connection -> 1)).isInstanceOf(SQLException.class);
        }

        await().atMost(Duration.ofSeconds(10))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("sluice-journal")));
    }

    @Test
    void anInterruptIsKeptForTheCallerAndEndsNoTransaction() {
        JdbcCalls calls = new JdbcCalls(silent(), Duration.ofSeconds(20));
        answers.countDown();

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> calls.inOne(List.of(), connection -> 1)).hasMessageContaining("it answers");
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Its connections come when the test says so, or when who asks for them is interrupted. */
    private GivenConnections silent() {
        return new GivenConnections(() -> {
            try {
                answers.await(1, TimeUnit.HOURS);
            } catch (InterruptedException interrupted) {
                throw new SQLException("interrupted", interrupted);
            }
            throw new SQLException("it answers");
        });
    }
}
