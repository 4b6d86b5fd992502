// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The row that a managed server changes every few minutes in a table of its own, and so in its binary log. A managed replica leaves AWS's
 * other tables out by itself ({@code mysql.rds_sysinfo}, {@code rds_history}, …), but not this one: usually it has such a row of its own,
 * which the source's change finds by the key. Where only one of the two has it, the next change stops the replica: with 1032 if the replica
 * lacks the row, with 1062 if the source makes it later, with 1146 if the replica lacks the table.
 */
enum HeartbeatRow {
    /** The server has its row. */
    THERE("has its row in"),
    /** The table is empty so far. */
    TO_COME("has no row yet in"),
    /** There is no such table, or not for this user. */
    NOT_SEEN("does not show this user, who may lack SELECT on it,");

    static final TableName TABLE = TableName.of("mysql", "rds_heartbeat2");
    private static final String FACT = "sluice.heartbeat_row";

    private final String words;

    HeartbeatRow(String words) {
        this.words = words;
    }

    /** As a server shows it now. */
    static HeartbeatRow read(ServerSession session) {
        try {
            boolean seen = !session.query(
                            "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = "
                                    + Quote.literal(TABLE.database()) + " AND TABLE_NAME = "
                                    + Quote.literal(TABLE.table()))
                    .isEmpty();
            if (!seen) {
                return NOT_SEEN;
            }
            return session.query("SELECT id AS id FROM " + Quote.identifier(TABLE) + " LIMIT 1")
                            .isEmpty()
                    ? TO_COME
                    : THERE;
        } catch (StepRefusedException denied) {
            // Some privilege shows the table and another one is missing to read it.
            return NOT_SEEN;
        }
    }

    static ServerFacts addedTo(ServerFacts facts, ServerSession session) {
        return facts.plusVariables(Map.of(FACT, read(session).name()));
    }

    private static HeartbeatRow of(ServerFacts facts) {
        return facts.variable(FACT)
                .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(NOT_SEEN);
    }

    /** Whether the source's next change of its row stops a replica that does not leave it out, or nobody can tell that it does not. */
    static boolean isStopping(HeartbeatRow source, HeartbeatRow replica) {
        return source != NOT_SEEN && !(source == THERE && replica == THERE);
    }

    /** By the facts, of a replica that is still to be set up; one that the plan makes of its source's snapshot has the source's row. */
    static boolean isInTheWay(StepContext context) {
        return !context.alreadyReplicating()
                && !context.replica().isExpected()
                && isStopping(of(context.source()), of(context.replica()));
    }

    /** What users need so that both rows are seen, where these are all that keeps the replica from stopping; empty elsewhere. */
    static List<RequiredPrivilege> seeing(StepContext context) {
        boolean both = !context.alreadyReplicating()
                && !context.replica().isExpected()
                && of(context.source()) != NOT_SEEN
                && of(context.replica()) != NOT_SEEN;
        return both && context.replication().scope().isEverything()
                ? List.of(RequiredPrivilege.onTable(
                        Target.BOTH,
                        "SELECT",
                        TABLE,
                        "to see whether what the source writes there would stop the replica"))
                : List.of();
    }

    /** What each of the two has, by the facts. */
    static String evidence(StepContext context) {
        return evidence(context, of(context.source()), of(context.replica()));
    }

    static String evidence(StepContext context, HeartbeatRow source, HeartbeatRow replica) {
        return "The source " + context.source().address() + " " + source.words + " " + TABLE + ", the replica "
                + context.replica().address() + " " + replica.words + " " + TABLE
                + ": what the source writes there every few minutes would stop the replica";
    }
}
