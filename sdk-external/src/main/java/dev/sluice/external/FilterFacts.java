// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.FilterRule;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.ReplicationFilter;
import dev.sluice.core.mysql.ReplicationThread;
import dev.sluice.core.mysql.ShownFilter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The replication filter that somebody has set by a statement and that a restart loses: what plans set. From 8.0 on it is the one that new
 * channels get, which survives the end of a channel; 5.7 shows it with the channel only. It is part of the facts, so that the end of a
 * replication removes just the filter that it found.
 */
final class FilterFacts {
    /** A fact of this name has the entries of the rule named after it, one a line. */
    private static final String PREFIX = "filter.";

    private static final String SET_BY_STATEMENT = "SELECT FILTER_NAME AS filter_name, FILTER_RULE AS filter_rule"
            + " FROM performance_schema.replication_applier_global_filters"
            + " WHERE CONFIGURED_BY = 'CHANGE_REPLICATION_FILTER'";

    /** A fact of this name has the filter of the default channel as {@link #OF_CHANNEL} shows it. */
    private static final String SHOWN = "filter";

    /** Whoever has set it, as one text to compare. From 8.0 on: 5.7 shows it by no query. */
    private static final String OF_CHANNEL = "SELECT COALESCE(JSON_OBJECTAGG(FILTER_NAME, FILTER_RULE), 'none')"
            + " FROM performance_schema.replication_applier_filters WHERE FILTER_RULE <> '' AND CHANNEL_NAME = "
            + Quote.literal(Channel.NAME);

    private static final String NONE = "none";

    private FilterFacts() {}

    /** The facts with the filter; without it where the user may not see it. */
    static ServerFacts addedTo(ServerFacts facts, ServerSession session) {
        try {
            Map<String, String> variables = new TreeMap<>();
            read(session, Dialect.of(facts.version()))
                    .rules()
                    .forEach((rule, entries) -> variables.put(PREFIX + rule.option(), String.join("\n", entries)));
            if (Dialect.of(facts.version()).filtersByChannel()) {
                variables.put(SHOWN, session.queryValue(OF_CHANNEL).orElse(NONE));
            }
            return facts.plusVariables(variables);
        } catch (StepRefusedException notForThisUser) {
            return facts;
        }
    }

    /** What the replica's login needs to see the filter; without it the facts hold none, and nothing removes or keeps it. */
    static List<RequiredPrivilege> seeing(ServerFacts replica) {
        return Dialect.of(replica.version()).filtersByChannel()
                ? Stream.of("replication_applier_filters", "replication_applier_global_filters")
                        .map(table -> RequiredPrivilege.onTable(
                                Target.REPLICA,
                                "SELECT",
                                TableName.of("performance_schema", table),
                                "to see the replication filter"))
                        .toList()
                : List.of();
    }

    /** As the server shows it now. */
    static ShownFilter read(ServerSession session, Dialect dialect) {
        return dialect.filtersByChannel()
                ? ShownFilter.ofPerformanceSchema(session.query(SET_BY_STATEMENT))
                : ShownFilter.read(session, dialect, Channel.NAME).orElse(ShownFilter.NONE);
    }

    /** As the facts have it. */
    static ShownFilter of(ServerFacts facts) {
        Map<FilterRule, List<String>> rules = new EnumMap<>(FilterRule.class);
        for (FilterRule rule : FilterRule.values()) {
            facts.variable(PREFIX + rule.option())
                    .ifPresent(entries -> rules.put(rule, Arrays.asList(entries.split("\n", -1))));
        }
        return new ShownFilter(rules);
    }

    /** That the channel is still configured, and, where the server can be asked for it, with the filter that the facts have. */
    static OnlyIf stillThere(ServerFacts replica, Channel channel) {
        return Dialect.of(replica.version()).filtersByChannel()
                ? channel.stillThereAnd(
                        replica, OF_CHANNEL, replica.variable(SHOWN).orElse(NONE))
                : channel.stillThere(replica);
    }

    /**
     * What makes sure of the filter of the facts before replication starts: nothing where the start depends on {@link #stillThere}; where the
     * server cannot be asked, the filter is set again. Empty where it cannot be told for certain what it was, since servers join names
     * by commas, which may be in names.
     */
    static Optional<List<Statement>> settingAgain(ServerFacts replica) {
        Dialect dialect = Dialect.of(replica.version());
        ShownFilter filter = of(replica);
        if (dialect.filtersByChannel() || filter.isEmpty()) {
            return Optional.of(List.of());
        }
        boolean certain = belongsToPlan(replica)
                && filter.rules().values().stream().flatMap(List::stream).allMatch(entry -> isOf(replica, entry));
        return certain
                ? Optional.of(List.of(
                        Statement.of(dialect.stop(ReplicationThread.APPLIER, Channel.NAME)),
                        ReplicationFilter.statement(filter)))
                : Optional.empty();
    }

    /** Whether an entry names a database that there is, and so is no piece of one that holds a comma. */
    private static boolean isOf(ServerFacts replica, String entry) {
        int dot = entry.indexOf('.');
        String database = dot < 0 ? "" : entry.substring(0, dot).replaceAll("\\\\(.)", "$1");
        return Scope.isSystem(database) || replica.databases().contains(database);
    }

    /** Whether the end of the replication removes it: a plan's, and no other channel is there that it could belong to. */
    static boolean belongsToPlan(ServerFacts replica) {
        return ReplicationFilter.isOfAScope(of(replica))
                && replica.channels().stream()
                        .allMatch(channel -> channel.name().equals(Channel.NAME));
    }
}
