// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.SluiceException;
import dev.sluice.core.monitor.Asked;
import dev.sluice.core.monitor.HeartbeatLedger;
import dev.sluice.core.monitor.HeartbeatStatements;
import dev.sluice.core.monitor.Uptime;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a row of its own on the source, again and again on a thread of its own, until it is closed; then it removes the row. */
final class HeartbeatWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HeartbeatWriter.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final String monitor = UUID.randomUUID().toString();
    private final Supplier<ServerLink> server;
    private final Duration every;
    private final Uptime uptime;
    private final HeartbeatLedger ledger;
    private final Cancellation stop;
    private final Thread thread;

    /** Used by the writing thread only. */
    private @Nullable ServerLink link;

    /**
     * Begins nothing yet.
     *
     * @param server asked for a link as late as that is needed, since looking up the address may fail as well
     * @param stop ends the writing, and kills what it runs on the source
     */
    HeartbeatWriter(
            String name,
            Supplier<ServerLink> server,
            Duration every,
            Uptime uptime,
            HeartbeatLedger ledger,
            Cancellation stop) {
        this.server = server;
        this.every = every;
        this.uptime = uptime;
        this.ledger = ledger;
        this.stop = stop;
        this.thread = new Thread(this::write, name);
        this.thread.setDaemon(true);
    }

    /** By what its row is recognised. */
    String monitor() {
        return monitor;
    }

    HeartbeatLedger ledger() {
        return ledger;
    }

    void start() {
        thread.start();
    }

    private void write() {
        try {
            tell(HeartbeatStatements.forgetOld());
            for (long number = 1; !stop.isCancelled(); number++) {
                Duration began = uptime.now();
                beat(number);
                Duration left = every.minus(uptime.now().minus(began));
                stop.sleep(left.isNegative() ? Duration.ZERO : left);
            }
            sayGoodbye();
        } finally {
            letGo();
        }
    }

    /** The link was to end with the writing; what is left to say is one statement. Who never connected has no row. */
    private void sayGoodbye() {
        ServerLink last = link;
        if (last != null) {
            last.endWith(new Cancellation());
            tell(HeartbeatStatements.forget(monitor));
        }
    }

    private ServerLink source() {
        ServerLink there = link;
        if (there == null) {
            there = server.get();
            link = there;
        }
        return there;
    }

    private void reset() {
        ServerLink there = link;
        if (there != null) {
            there.reset();
        }
    }

    private void letGo() {
        ServerLink there = link;
        if (there != null) {
            there.close();
        }
    }

    /** A number is never written twice: of one whose outcome is unknown the time is not known either. */
    private void beat(long number) {
        Duration before = uptime.now();
        if (tell(HeartbeatStatements.beat(monitor, Long.toString(number)))) {
            ledger.written(number, new Asked(before, uptime.now()));
        }
    }

    private boolean tell(String statement) {
        try {
            source().execute(statement);
            return true;
        } catch (SluiceException failure) {
            ledger.failed(failure.problems().get(0).what());
            reset();
        } catch (CancelledException closed) {
            log.debug("The heartbeat ends. monitor={}", monitor, closed);
        } catch (RuntimeException unexpected) {
            // The beating must go on whatever a server or a connection source of the host's does.
            log.warn("A heartbeat failed in a way that nobody thought of. monitor={}", monitor, unexpected);
            ledger.failed(unexpected.toString());
            reset();
        }
        return false;
    }

    /** The writing has been told to stop; waits up to three seconds for the row to be removed. */
    @Override
    public void close() {
        try {
            thread.join(LAST_WORDS.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
