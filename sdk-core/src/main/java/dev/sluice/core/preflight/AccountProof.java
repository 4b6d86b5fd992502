// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.ServerError;
import dev.sluice.core.mysql.SqlFailures;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A replication account that is there already can do what the replica will do with it: log in, read the log, and begin at the plan's start.
 * This JVM tries it with the plan's password; an account that lets in only the replica's host cannot be tried from here, which is a note.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/show-binlog-events.html">MySQL: SHOW BINLOG EVENTS</a>
 */
final class AccountProof extends NamedCheck {
    /** A privilege that is missing, and a position at which no event begins or a log that is not there. */
    private static final Set<Integer> CERTAIN = Set.of(1227, 1220, 1236, 1373);

    private final CheckServers servers;

    AccountProof(CheckServers servers) {
        super("replication-account", LogCode.ACCOUNT_UNPROVEN, Level.ERROR);
        this.servers = servers;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        return examine(context).stream().map(Finding::problem).toList();
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        ReplicationAccount account = context.account();
        if (!PlanReach.beginsReplication(context) || account.passwordOrNull() == null || !isThere(context, account)) {
            return List.of();
        }
        try {
            return servers.openOnSource(account)
                    .map(session -> read(session, readingFrom(context)))
                    .filter(events -> beginsElsewhere(events, context))
                    .map(nothing -> List.of(finding(context, level(), "no event begins at the plan's start")))
                    .orElse(List.of());
        } catch (StepException refused) {
            return List.of(finding(
                    context,
                    isCertain(refused) ? level() : Level.NOTE,
                    refused.problems().get(0).what()));
        }
    }

    private static List<Row> read(CheckSession opened, String statement) {
        try (opened) {
            return opened.session().query(statement);
        }
    }

    /** Inside of an event some servers find nothing and say nothing, as at the end of a log; newer ones begin with the next event. */
    private static boolean beginsElsewhere(List<Row> events, LiveContext context) {
        return start(context)
                .filter(start -> events.isEmpty()
                        ? isBeforeTheEnd(start, context)
                        : events.get(0).number("Pos") != start.position())
                .isPresent();
    }

    private static boolean isBeforeTheEnd(BinlogPosition start, LiveContext context) {
        return context.sourceSession().query("SHOW BINARY LOGS").stream()
                .anyMatch(
                        log -> log.text("Log_name").equals(start.file()) && log.number("File_size") > start.position());
    }

    private static boolean isThere(LiveContext context, ReplicationAccount account) {
        return context.source().accounts().stream()
                .anyMatch(there -> there.startsWith(Quote.literal(account.user()) + "@"));
    }

    /** Who follows GTIDs begins at no position. */
    private static Optional<BinlogPosition> start(LiveContext context) {
        return context.positioning() == Positioning.GTID
                ? Optional.empty()
                : context.replication().start().map(Coordinates::position);
    }

    private static String readingFrom(LiveContext context) {
        return start(context)
                .map(from ->
                        "SHOW BINLOG EVENTS IN " + Quote.literal(from.file()) + " FROM " + from.position() + " LIMIT 1")
                .orElse("SHOW BINLOG EVENTS LIMIT 1");
    }

    private static boolean isCertain(StepException refused) {
        return SqlFailures.serverError(refused)
                .map(ServerError::number)
                .filter(CERTAIN::contains)
                .isPresent();
    }

    private Finding finding(LiveContext context, Level level, String why) {
        return new Finding(
                id(),
                level,
                Problem.of(
                        code(),
                        "The account " + context.account().user() + " on " + Labels.source(context)
                                + " could not read its log from here: " + why));
    }
}
