// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits, while Sluice is closed, until work on a run has come to its end.
 *
 * @param run that is worked on
 * @param end of the work
 */
record RunWait(RunId run, CompletableFuture<RunResult> end) {
    private static final Logger logger = LoggerFactory.getLogger(RunWait.class);

    void atMost(Duration patience) {
        try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException told) {
            logger.debug("A run ended by a failure while Sluice was closed. run={}", run, told);
        } catch (TimeoutException late) {
            logger.warn("A run did not stop in time and is left to end by itself. run={}", run);
        }
    }
}
