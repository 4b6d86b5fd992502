// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import java.time.Instant;
import java.util.List;

/**
 * The general log of a server: every statement that reached it, in the order in which it did.
 *
 * <p>The server writes an entry before it runs the statement, so what has been answered can be read. Thread-safe.
 */
public final class GeneralLog {
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
    }

    /**
     * A place in the log.
     *
     * @param position bytes from the beginning
     */
    public record Mark(long position) {}

    /** Switches the log on and returns a mark behind all that this call itself wrote. */
    public Mark on() {
        server.execute("SET GLOBAL log_output = 'FILE'", "SET GLOBAL general_log = ON");
        return mark();
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
