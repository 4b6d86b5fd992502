// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.OwnLog;
import java.util.List;
import java.util.stream.Collectors;

/**
 * That a copy holds what the source held at the coordinates: its scheduler ran the source's events from its start on, and the parameter group
 * that would stop it is the source's as well. So there must be none, and the copy's own log tells whether there was one.
 */
final class StillCopy {
    private static final String SCHEDULER = "SELECT UPPER(@@GLOBAL.event_scheduler)";
    private static final String ENABLED =
            "SELECT CONCAT(EVENT_SCHEMA, '.', EVENT_NAME) AS event FROM information_schema.EVENTS"
                    + " WHERE STATUS = 'ENABLED' AND EVENT_SCHEMA NOT IN ('mysql', 'sys') ORDER BY 1";

    private final ServerSession server;

    /** A copy, or the server that is to be copied. */
    StillCopy(ServerSession server) {
        this.server = server;
    }

    /**
     * That no event can run on it, whenever it was made.
     *
     * @param where the server, for people
     * @throws StepRefusedException EVENTS_WOULD_RUN if one can
     */
    void requireNoEvents(String where) {
        boolean runs = server.queryValue(SCHEDULER).filter("ON"::equals).isPresent();
        List<String> events = runs
                ? server.query(ENABLED).stream().map(row -> row.text("event")).toList()
                : List.of();
        if (!events.isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    AuroraSeedCode.EVENTS_WOULD_RUN,
                    where + " has events by now: " + events.stream().collect(Collectors.joining(", "))));
        }
    }

    /**
     * That its own log, which goes on from where the source's stood, reaches a position that a person has told. Together with {@link
     * #requireUnchangedSince} this leaves no other one.
     *
     * @throws StepRefusedException NOT_ITS_POSITION if it does not
     */
    void requireReached(BinlogPosition told) {
        boolean isReached = server.query("SHOW BINARY LOGS").stream()
                .anyMatch(file ->
                        file.text("Log_name").equals(told.file()) && file.number("File_size") >= told.position());
        if (!isReached) {
            throw new StepRefusedException(Problem.of(
                    AuroraSeedCode.NOT_ITS_POSITION,
                    "The copy is said to begin at " + told + ", which its own log does not reach"));
        }
    }

    /**
     * That nothing has been changed on it since it was made.
     *
     * @param position where its log stood at that moment
     * @throws StepRefusedException COPY_CHANGED if something has
     */
    void requireUnchangedSince(BinlogPosition position) {
        new OwnLog(server).changedSince(position).ifPresent(change -> {
            throw new StepRefusedException(Problem.of(
                    AuroraSeedCode.COPY_CHANGED,
                    "The copy was made at " + position + " and has written since, " + change));
        });
    }
}
