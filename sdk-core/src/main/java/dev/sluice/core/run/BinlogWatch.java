// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.core.log.LogContext;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every ten seconds, in a session of its own, whether the source has begun another binary log, and if so, and every five minutes, whether it still
 * has the ones that a run needs; warns before they are gone. A source that cannot be asked is asked again the next time. Thread-safe.
 */
final class BinlogWatch implements AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(10);

    private static final Logger logger = LoggerFactory.getLogger(BinlogWatch.class);

    private final MySqlConnector source;
    private final Supplier<Optional<NeededFrom>> needed;
    private final BinlogNeed need;
    private final LogList logs = new LogList();
    private final Consumer<Problem> warnings;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread looking;

    /** The thread's only, but for {@link #close()}. */
    private volatile @Nullable MySqlSession session;

    private BinlogWatch(
            MySqlConnector source,
            Supplier<Optional<NeededFrom>> needed,
            BinlogNeed need,
            Consumer<Problem> warnings,
            Clock clock,
            String threadName) {
        this.source = source;
        this.needed = needed;
        this.need = need;
        this.warnings = warnings;
        this.clock = clock;
        this.looking = new Thread(LogContext.carriedTo(this::keepLooking), threadName);
        this.looking.setDaemon(true);
    }

    /**
     * Begins to look.
     *
     * @param needed from where on the log is needed, as far as that is known by now; asked on the watch's own thread
     * @param warnings hears each warning once, on that thread; must be quick
     */
    static BinlogWatch begin(
            MySqlConnector source,
            Supplier<Optional<NeededFrom>> needed,
            BinlogNeed need,
            Consumer<Problem> warnings,
            Clock clock,
            String threadName) {
        BinlogWatch watch = new BinlogWatch(source, needed, need, warnings, clock, threadName);
        watch.looking.start();
        return watch;
    }

    private void keepLooking() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void look() {
        try {
            MySqlSession asked = connected();
            Instant now = clock.instant();
            logs.news(asked, Dialect.of(asked.version()), now)
                    .flatMap(sizes -> need.look(sizes, needed.get(), now))
                    .ifPresent(warnings);
        } catch (StepException | JournalException away) {
            // Of a journal that is away the run itself tells.
            logger.debug("The source does not list its binary logs, for now. source={}", source.label(), away);
            disconnect();
        } catch (RuntimeException defect) {
            logger.warn("The source's binary logs could not be watched. source={}", source.label(), defect);
            disconnect();
        }
    }

    private MySqlSession connected() {
        MySqlSession current = session;
        if (current == null) {
            current = source.open(SessionUse.CONTROL);
            session = current;
        }
        return current;
    }

    private void disconnect() {
        MySqlSession old = session;
        session = null;
        if (old != null) {
            old.abort();
        }
    }

    /** Ends the watch and its session. A second call does nothing. */
    @Override
    public void close() {
        closed.countDown();
        MySqlSession open = session;
        if (open != null) {
            // It may wait for an answer.
            open.abort();
        }
    }
}
