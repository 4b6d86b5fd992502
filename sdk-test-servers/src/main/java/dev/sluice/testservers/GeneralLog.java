// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The general log of a server: every statement that reached it, in the order in which it did.
 *
 * <p>The server writes an entry before it runs the statement, so what has been answered can be read. Thread-safe.
 */
public final class GeneralLog {
    private static final Duration LONGEST_QUIT = Duration.ofSeconds(20);
    private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

    private final MySqlServer server;
    private final ServerHost host;

    GeneralLog(MySqlServer server, ServerHost host) {
        this.server = server;
        this.host = host;
    }

    /**
     * One entry.
     *
     * @param at when the server wrote it, to the microsecond
     * @param connectionId id of the connection in the server's process list
     * @param command what kind of entry it is, in the server's words: {@code Connect}, {@code Query}, {@code Quit}, {@code Prepare},
     *     {@code Execute}, {@code Init DB}, {@code Binlog Dump GTID}, ...
     * @param text the statement with its line breaks, or what else the command carries; the server has replaced passwords by
     *     {@code <secret>}
     */
    public record Entry(Instant at, long connectionId, String command, String text) {

        /** Whether it is a statement that ran: {@code Query} or {@code Execute}. */
        public boolean isStatement() {
            return command.equals("Query") || command.equals("Execute");
        }

        private boolean isEndOf(long id) {
            return connectionId == id && command.equals("Quit");
        }
    }

    /**
     * A place in the log.
     *
     * @param position bytes from the beginning
     */
    public record Mark(long position) {}

    /** Switches the log on and returns a mark behind all that this call itself wrote. */
    public Mark on() {
        Mark before = mark();
        long connectionId = switchOn();
        long end = System.nanoTime() + LONGEST_QUIT.toNanos();
        // The server notes the end of a session some time after its client has left.
        while (entriesSince(before).stream().noneMatch(entry -> entry.isEndOf(connectionId))) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                throw new TestServerException("The general log of " + server + " shows no sign of life");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return mark();
    }

    private long switchOn() {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET GLOBAL log_output = 'FILE'");
            statement.execute("SET GLOBAL general_log = ON");
            try (ResultSet id = statement.executeQuery("SELECT CONNECTION_ID()")) {
                id.next();
                return id.getLong(1);
            }
        } catch (SQLException failure) {
            throw new TestServerException("Cannot switch on the general log of " + server, failure);
        }
    }

    /** Switches the log off; what is in it stays. */
    public void off() {
        server.execute("SET GLOBAL general_log = OFF");
    }

    /** The present end of the log. */
    public Mark mark() {
        return new Mark(host.generalLogSize());
    }

    /** The entries that were written after a mark. An entry that is being written at this moment is left out. */
    public List<Entry> entriesSince(Mark mark) {
        return GeneralLogText.parse(host.generalLog(mark.position()));
    }
}
