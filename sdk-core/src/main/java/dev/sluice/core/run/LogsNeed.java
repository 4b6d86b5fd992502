// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.SluiceException;
import dev.sluice.core.log.LogContext;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.mysql.SharedRetention;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells runs of other replicas, by a session of its own on the source, that this one needs its binary logs. A session that is lost is opened anew.
 * Thread-safe.
 *
 * @see SharedRetention
 */
final class LogsNeed implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(LogsNeed.class);
    private static final Duration LOOK = Duration.ofSeconds(10);

    /** A host that vanished needs nothing any more. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

    private final MySqlConnector source;
    private final long before;
    private final CountDownLatch released = new CountDownLatch(1);
    private final Thread keeper;

    /** Guarded by this. */
    private @Nullable MySqlSession session;

    private LogsNeed(MySqlConnector source, long before, String threadName) {
        this.source = source;
        this.before = before;
        this.keeper = new Thread(LogContext.carriedTo(this::keep), threadName);
        this.keeper.setDaemon(true);
    }

    /**
     * Tells it until it is closed.
     *
     * @param before see {@link SharedRetention#tell}
     * @throws SluiceException if the source cannot be reached
     */
    static LogsNeed tell(MySqlConnector source, long before, String threadName) {
        LogsNeed need = new LogsNeed(source, before, threadName);
        if (!need.tell()) {
            logger.warn(
                    "More runs need the binary logs of one source than can tell each other, for now. source={}",
                    source.label());
        }
        need.keeper.start();
        return need;
    }

    /** Whether others see it. */
    private synchronized boolean tell() {
        if (released.getCount() == 0) {
            return true;
        }
        MySqlSession opened = source.open(SessionUse.CONTROL);
        session = opened;
        opened.query("SET SESSION wait_timeout = " + FORGOTTEN_AFTER.toSeconds());
        return SharedRetention.tell(opened, before);
    }

    private void keep() {
        try {
            while (!released.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        MySqlSession open = session;
        try {
            if (open != null && SharedRetention.isTelling(open)) {
                return;
            }
            drop();
            tell();
        } catch (SluiceException gone) {
            logger.debug("The source does not hear that its logs are needed, for now. source={}", source.label(), gone);
            drop();
        }
    }

    private void drop() {
        MySqlSession open = session;
        session = null;
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public void close() {
        released.countDown();
        synchronized (this) {
            MySqlSession open = session;
            try {
                if (open != null) {
                    SharedRetention.stopTelling(open);
                }
            } catch (SluiceException gone) {
                logger.debug("The session is gone, and what it told with it. source={}", source.label(), gone);
            }
            drop();
        }
    }
}
