// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.FilterRule;
import dev.sluice.core.mysql.ReplicationFilter;
import dev.sluice.core.mysql.ShownFilter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Whether the plan is about a part of the source only, or the source writes for itself what would stop the replica. */
    static boolean isWanted(StepContext context) {
        return !context.replication().scope().isEverything() || HeartbeatRow.isInTheWay(context);
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

    /** Whether a replica that shows this filter has exactly this one, besides what AWS itself leaves out. */
    boolean isShownAs(ShownFilter shown) {
        return new ShownFilter(rules).equals(shown.withoutSystemTables());
    }

    /**
     * As the plan's scope wants it; a plan about everything wants nothing left out but system schemas, and their tables only where they would
     * stop the replica.
     */
    static boolean isRight(StepContext context, ShownFilter shown) {
        return context.replication().scope().isEverything()
                ? shown.admitsAllButSystemTables()
                        && (!HeartbeatRow.isInTheWay(context) || shown.leavesOut(HeartbeatRow.TABLE))
                : of(context.replication().scope()).isShownAs(shown);
    }

    /**
     * Nothing of the plan's is filtered where it is about everything: an earlier plan's filter stays in the parameter group, and with it a replica
     * would lose rows without a word. MySQL 5.7 shows it only once a source is set.
     *
     * @throws StepRefusedException FILTER_NOT_SET if the replica shows another
     */
    static void requireNoOther(LiveContext context) {
        if (isWanted(context)) {
            return;
        }
        Optional<ShownFilter> shown = ShownFilter.read(
                context.replicaSession(), Dialect.of(context.replica().version()), Channel.NAME);
        if (shown.filter(filter -> !isRight(context, filter)).isPresent()) {
            throw wrong(context, shown.get());
        }
    }

    static StepRefusedException wrong(StepContext context, ShownFilter shown) {
        return new StepRefusedException(Problem.of(
                ManagedErrorCode.FILTER_NOT_SET,
                "The replica's filter is not that of the plan's scope, but: " + shown,
                isWanted(context)
                        ? "Set it in the replica's parameter group: "
                                + of(context.replication().scope())
                        : "Take the parameters replicate-* out of the replica's parameter group"));
    }

    @Override
    public String toString() {
        return parameters().toString();
    }
}
