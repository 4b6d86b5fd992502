// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.ServerErrorCode;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Does again what got in somebody's way on the replica: the server rolled all of it back and keeps the session. Only here, since only this
 * copy has the snapshot: whoever comes later would have to read all rows again. Thread-safe.
 *
 * @param tries how often, and with which pauses
 */
record Passing(RetryConfig tries) {
    private static final Set<ServerErrorCode> CODES = EnumSet.of(ServerErrorCode.DEADLOCK, ServerErrorCode.LOCK_WAIT);

    /** For rows: writers of one table can get in each other's way, for a moment. */
    static final Passing ROWS = new Passing(upTo(5, IntervalFunction.of(50, millis -> millis + 50)));

    /** For definitions: each waits {@code lock_wait_timeout} for whoever reads the table, such as a backup, so that this is a quarter of an hour. */
    static final Passing DEFINITIONS = new Passing(upTo(30, IntervalFunction.of(1000)));

    private static RetryConfig upTo(int attempts, IntervalFunction pauses) {
        return RetryConfig.custom()
                .maxAttempts(attempts)
                .intervalFunction(pauses)
                .retryOnException(Passing::isPassing)
                .build();
    }

    /** Does it, and does it again as long as what it fails for passes; tells the listener of each time. */
    void carryOut(TableName table, Runnable work, CopyListener listener, Cancellation cancellation) {
        Retry.AsyncContext<Boolean> attempts = Retry.of("passing", tries).asyncContext();
        for (int attempt = 1; true; attempt++) {
            try {
                work.run();
                return;
            } catch (StepUnavailableException passing) {
                long millis = attempts.onError(passing);
                if (millis < 0) {
                    throw passing;
                }
                Duration pause = Duration.ofMillis(millis);
                listener.retried(table, attempt, pause, passing.problems().get(0));
                cancellation.sleep(pause);
                cancellation.check();
            }
        }
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof StepUnavailableException known
                && known.code() instanceof ServerErrorCode code
                && CODES.contains(code);
    }
}
