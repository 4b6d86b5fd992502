// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.ServerErrorCode;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Writes batches as they come, and the keys of tables that are complete, on a session of its own that it lets go of when it has to rest, until there are no more. */
record BatchWriter(int number, TargetSession target, IndexBuild indexes, Pipeline pipeline) implements Runnable {
    /** The server rolled the statement back and keeps the session. */
    private static final Set<ServerErrorCode> PASSING = EnumSet.of(ServerErrorCode.DEADLOCK, ServerErrorCode.LOCK_WAIT);

    /** Only here, since only this session has the rows: whoever comes later would have to read them again. */
    private static final RetryConfig RETRY = RetryConfig.custom()
            .maxAttempts(5)
            .intervalFunction(IntervalFunction.of(50, millis -> millis + 50))
            .retryOnException(BatchWriter::isPassing)
            .build();

    @Override
    public void run() {
        try {
            boolean wasIdle = false;
            while (pipeline.awaitWriting(number, wasIdle)) {
                writeInTurn();
                // Who still has its seat had nothing to write for long.
                wasIdle = pipeline.gate().mayWrite(number);
            }
        } catch (RuntimeException | Error failed) {
            pipeline.failure().report(failed);
        }
    }

    private void writeInTurn() {
        Cancellation cancellation = pipeline.cancellation();
        try (MySqlSession session = target.open(cancellation);
                Cancellation.Registration killed = session.cancellable(cancellation, target.replica())) {
            for (WriterWork work = pipeline.nextWork(number); work != null; work = pipeline.nextWork(number)) {
                carryOut(work, session);
            }
        }
    }

    private void carryOut(WriterWork work, MySqlSession session) {
        if (work instanceof WriterWork.Keys keys) {
            indexes.addKeys(session, keys.table());
            pipeline.finished(keys);
        } else if (work instanceof WriterWork.Rows rows) {
            write(rows.batch(), session);
            pipeline.confirmed(rows.batch());
        }
    }

    /** Writers of one table can get in each other's way; none of the rows is there then, and they are sent again. */
    private void write(Batch batch, MySqlSession session) {
        Retry.AsyncContext<Boolean> tries = Retry.of("batch", RETRY).asyncContext();
        for (int attempt = 1; true; attempt++) {
            try {
                batch.write(session);
                return;
            } catch (StepUnavailableException passing) {
                long millis = tries.onError(passing);
                if (millis < 0) {
                    throw passing;
                }
                pause(
                        batch,
                        attempt,
                        Duration.ofMillis(millis),
                        passing.problems().get(0));
            }
        }
    }

    private void pause(Batch batch, int attempt, Duration pause, Problem why) {
        pipeline.listener().retried(batch.table().name(), attempt, pause, why);
        pipeline.cancellation().sleep(pause);
        pipeline.cancellation().check();
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof StepUnavailableException known
                && known.code() instanceof ServerErrorCode code
                && PASSING.contains(code);
    }
}
