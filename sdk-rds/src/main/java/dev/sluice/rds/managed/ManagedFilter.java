// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.FilterRule;
import dev.sluice.core.mysql.ReplicationFilter;
import dev.sluice.core.mysql.ShownFilter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The replication filter of a plan's scope as parameters of a parameter group. What AWS itself writes in its system schemas is always left
 * out. Immutable and thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_MySQL.Replication.ReadReplicas.html">AWS: replication filters
 *     with MySQL</a>
 */
final class ManagedFilter {
    /** What one parameter holds. */
    private static final int MOST_CHARACTERS = 2_000;

    private static final List<String> ALWAYS_IGNORED = List.of("mysql.%", "sys.%");

    private final Map<FilterRule, List<String>> rules;

    private ManagedFilter(Map<FilterRule, List<String>> rules) {
        this.rules = rules;
    }

    /** Whether the plan is about a part of the source only. */
    static boolean isWanted(StepContext context) {
        return !context.replication().scope().isEverything();
    }

    static ManagedFilter of(Scope scope) {
        Map<FilterRule, List<String>> rules = new EnumMap<>(FilterRule.class);
        rules.putAll(ReplicationFilter.of(scope).rules());
        List<String> ignored = new ArrayList<>(rules.getOrDefault(FilterRule.WILD_IGNORE_TABLE, List.of()));
        ALWAYS_IGNORED.stream().filter(pattern -> !ignored.contains(pattern)).forEach(ignored::add);
        rules.put(FilterRule.WILD_IGNORE_TABLE, List.copyOf(ignored));
        return new ManagedFilter(rules);
    }

    /** By the names that parameter groups have for the rules. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        rules.forEach((rule, entries) -> parameters.put(rule.option(), String.join(",", entries)));
        return parameters;
    }

    /** Why it cannot be said by parameters. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        rules.values().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.indexOf(',') >= 0 || entry.indexOf('\n') >= 0)
                .map(entry -> problem("the entry " + entry + " has a comma or a line feed, which ends it there"))
                .forEach(problems::add);
        parameters().forEach((name, value) -> {
            if (value.length() > MOST_CHARACTERS) {
                problems.add(problem("the parameter " + name + " would have " + value.length() + " characters, and "
                        + MOST_CHARACTERS + " is the most"));
            }
        });
        return problems;
    }

    private static Problem problem(String why) {
        return Problem.of(
                ManagedErrorCode.FILTER_NOT_SET, "The plan's scope does not fit into a parameter group: " + why);
    }

    /** Whether a replica that shows this filter has exactly this one. */
    boolean isShownAs(ShownFilter shown) {
        return new ShownFilter(rules).equals(shown);
    }

    @Override
    public String toString() {
        return parameters().toString();
    }
}
