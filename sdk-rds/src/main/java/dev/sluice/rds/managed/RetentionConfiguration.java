// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.SharedRetention;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long AWS keeps binary logs: the entry {@code binlog retention hours} of its own configuration. NULL, the default, lets it remove
 * them as soon as it needs them no more itself.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-configuring.html">AWS:
 *     mysql.rds_set_configuration</a>
 */
final class RetentionConfiguration {
    static final String SET = "rds_set_configuration";

    private static final String NAME = "binlog retention hours";
    /** Under this name the facts hold the entry, among the server's variables. */
    private static final String FACT = "rds." + NAME;

    private RetentionConfiguration() {}

    /** The hours that the server keeps its logs now; empty for as long as AWS likes. */
    static Optional<Long> retentionHours(ServerSession session) {
        return session.query("CALL mysql.rds_show_configuration").stream()
                .filter(row -> row.find("name").filter(NAME::equals).isPresent())
                .findFirst()
                .flatMap(RetentionConfiguration::value);
    }

    private static Optional<Long> value(Row row) {
        return row.find("value").map(Long::valueOf);
    }

    /** The same from the facts, as {@link #addedTo} put it there. */
    static Optional<Long> retentionHours(ServerFacts facts) {
        return facts.variable(FACT).map(Long::valueOf);
    }

    /** The facts with the entry among the variables; as it was before runs of other replicas raised it that need it now. */
    static ServerFacts addedTo(ServerFacts facts, ServerSession session) {
        Optional<Long> hours = facts.routine("rds_show_configuration").flatMap(any -> retentionHours(session));
        if (hours.isEmpty()) {
            return facts;
        }
        OptionalLong others = SharedRetention.told(session);
        if (others.isEmpty()) {
            return facts.plusVariables(Map.of(FACT, hours.get().toString()));
        }
        ServerFacts raised =
                facts.plusVariables(Map.of(SharedRetention.RAISED, hours.get().toString()));
        return others.getAsLong() == 0
                ? raised
                : raised.plusVariables(Map.of(FACT, Long.toString(others.getAsLong() - 1)));
    }

    /** What runs of other replicas are to know; see {@link dev.sluice.api.spi.Step#sharedBefore}. */
    static long told(Optional<Long> before) {
        return before.map(hours -> hours + 1).orElse(0L);
    }

    /** As high as others have it, who need it now; 0 if there are none. */
    static long raisedByOthers(ServerFacts facts) {
        return facts.variable(SharedRetention.RAISED).map(Long::valueOf).orElse(0L);
    }

    static Statement set(Optional<Long> hours) {
        return Statement.of("CALL mysql." + SET + "(" + Quote.literal(NAME) + ", "
                + hours.map(String::valueOf).orElse("NULL") + ")");
    }

    /** A query for the entry's value, which the master user may read. */
    static String query() {
        return "SELECT value FROM mysql.rds_configuration WHERE name = " + Quote.literal(NAME);
    }

    /** The same, with a word for NULL. */
    static String queryNotNull(String word) {
        return "SELECT COALESCE(value, " + Quote.literal(word) + ") FROM mysql.rds_configuration WHERE name = "
                + Quote.literal(NAME);
    }

    static String text(Optional<Long> hours) {
        return hours.map(h -> h + " h").orElse("as long as AWS itself needs them");
    }
}
