// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.log;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunId;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Names the run and its step in SLF4J's MDC, for every line that the calling thread logs until this is closed; what was there before is put back
 * then, since the thread may be the host's. Closed by the thread that has opened it.
 */
public final class LogContext implements AutoCloseable {
    /** The run's id. */
    public static final String RUN = "sluice.run";

    /** The row of the guide that the run is at. */
    public static final String STEP = "sluice.step";

    private final String key;
    private final @Nullable String before;

    private LogContext(String key, @Nullable String value) {
        this.key = key;
        this.before = MDC.get(key);
        put(key, value);
    }

    /** Lines of this run. */
    public static LogContext run(RunId run) {
        return new LogContext(RUN, run.value());
    }

    /** Lines of this step. */
    public static LogContext step(GuideStep step) {
        return new LogContext(STEP, step.name());
    }

    /** The same work for another thread, which logs as the one does that calls this. */
    public static Runnable carriedTo(Runnable work) {
        String run = MDC.get(RUN);
        String step = MDC.get(STEP);
        return () -> {
            try (LogContext ofRun = new LogContext(RUN, run);
                    LogContext ofStep = new LogContext(STEP, step)) {
                work.run();
            }
        };
    }

    private static void put(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    @Override
    public void close() {
        put(key, before);
    }
}
