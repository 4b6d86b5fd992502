// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.core.monitor.SourceSight;
import dev.sluice.core.monitor.Uptime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A source that is asked on a thread of its own, so that one that says nothing keeps nobody from asking the replica. One thread at a time. */
final class MonitoredSource implements AutoCloseable {
    /** How long somebody who wants to ask the replica waits for the source. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SourceReader reader;
    private final Uptime uptime;
    private final ExecutorService thread;
    private @Nullable Future<SourceSight> asking;
    private Duration askingSince = Duration.ZERO;

    MonitoredSource(String name, SourceReader reader, Uptime uptime) {
        this.reader = reader;
        this.uptime = uptime;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread own = new Thread(work, name);
            own.setDaemon(true);
            return own;
        });
    }

    /**
     * Asks it, for two seconds at most; a question that goes on is not asked again.
     *
     * @param from from where on the sizes of binary logs are wanted
     */
    SourceSight ask(Optional<BinlogPosition> from) {
        Future<SourceSight> question = question(from);
        try {
            SourceSight answer = question.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            asking = null;
            return answer;
        } catch (TimeoutException late) {
            return new SourceSight.Away("it has said nothing to this host for "
                    + uptime.now().minus(askingSince).toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new SourceSight.Unknown("the watching has ended");
        } catch (ExecutionException failed) {
            throw new IllegalStateException("Asking the source failed", failed.getCause());
        }
    }

    /** What was answered while nobody listened is of the past. */
    private Future<SourceSight> question(Optional<BinlogPosition> from) {
        Future<SourceSight> goingOn = asking;
        if (goingOn == null || goingOn.isDone()) {
            askingSince = uptime.now();
            goingOn = thread.submit(() -> reader.read(from));
            asking = goingOn;
        }
        return goingOn;
    }

    /** Does not wait for a question that goes on: its link ends with the watching. */
    @Override
    public void close() {
        thread.execute(reader::close);
        thread.shutdown();
    }
}
