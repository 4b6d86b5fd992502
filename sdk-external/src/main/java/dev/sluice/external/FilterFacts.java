// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.FilterRule;
import dev.sluice.core.mysql.ReplicationFilter;
import dev.sluice.core.mysql.ShownFilter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    private FilterFacts() {}

    /** The facts with the filter; without it where the user may not see it. */
    static ServerFacts addedTo(ServerFacts facts, ServerSession session) {
        try {
            Map<String, String> variables = new TreeMap<>();
            read(session, Dialect.of(facts.version()))
                    .rules()
                    .forEach((rule, entries) -> variables.put(PREFIX + rule.option(), String.join("\n", entries)));
            return facts.plusVariables(variables);
        } catch (StepRefusedException notForThisUser) {
            return facts;
        }
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

    /** Whether the end of the replication removes it: a plan's, and no other channel is there that it could belong to. */
    static boolean belongsToPlan(ServerFacts replica) {
        return ReplicationFilter.isOfAScope(of(replica))
                && replica.channels().stream()
                        .allMatch(channel -> channel.name().equals(Channel.NAME));
    }
}
