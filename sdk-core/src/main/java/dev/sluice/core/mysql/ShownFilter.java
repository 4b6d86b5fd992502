// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A replication filter as a server shows it: each rule's entries joined by commas, which cannot be taken apart for certain when
 * names hold commas. Equal if the servers would show the same, in any order. Immutable and thread-safe.
 *
 * @param rules by rule, the comma-separated parts in order; rules without entries are left out
 */
public record ShownFilter(Map<FilterRule, List<String>> rules) {
    /** No filter. */
    public static final ShownFilter NONE = new ShownFilter(Map.of());

    private static final Set<FilterRule> IGNORING = Set.of(FilterRule.IGNORE_TABLE, FilterRule.WILD_IGNORE_TABLE);
    private static final List<String> SYSTEM = List.of("mysql.", "sys.", "innodb_memcache.");

    public ShownFilter {
        EnumMap<FilterRule, List<String>> copy = new EnumMap<>(FilterRule.class);
        rules.forEach((rule, parts) -> {
            if (!parts.isEmpty()) {
                copy.put(rule, parts.stream().sorted().toList());
            }
        });
        rules = Collections.unmodifiableMap(copy);
    }

    /**
     * The filter of a channel, or, as long as the channel is not configured, the one that it will get. Empty where MySQL 5.7 has no
     * configured channel: it shows filters nowhere else.
     *
     * @param channel its name, {@code ""} for the default one
     * @throws dev.sluice.api.error.StepException if it cannot be read (REPLICATION CLIENT; SELECT on the performance schema)
     */
    public static Optional<ShownFilter> read(ServerSession session, Dialect dialect, String channel) {
        Optional<ShownFilter> configured =
                ReplicaStatusReader.read(session, dialect, channel).map(ReplicaStatus::filter);
        if (configured.isPresent() || !dialect.filtersByChannel()) {
            return configured;
        }
        return Optional.of(
                ofPerformanceSchema(session.query("SELECT FILTER_NAME AS filter_name, FILTER_RULE AS filter_rule"
                        + " FROM performance_schema.replication_applier_global_filters")));
    }

    /** What the replica's login needs for {@link #read} besides REPLICATION CLIENT, as long as the channel may not be configured. */
    public static List<RequiredPrivilege> seeing(Dialect dialect) {
        return dialect.filtersByChannel()
                ? List.of(RequiredPrivilege.onTable(
                        Target.REPLICA,
                        "SELECT",
                        TableName.of("performance_schema", "replication_applier_global_filters"),
                        "to see the replication filter"))
                : List.of();
    }

    /** From a row of the replica status. */
    static ShownFilter ofStatus(Row row) {
        return of(Stream.of(FilterRule.values())
                .collect(Collectors.toMap(
                        rule -> rule, rule -> row.find(rule.statusLabel()).orElse(""))));
    }

    /**
     * From {@code performance_schema.replication_applier_global_filters}: the filter that a new channel gets. Servers repeat the text
     * of the rule before where a rule is empty (seen on 8.0.15, 8.0.31 and 9.7.4). Two kinds of rules with the same entries would
     * contradict each other, so that a repetition is taken for nothing.
     */
    public static ShownFilter ofPerformanceSchema(List<Row> rows) {
        EnumMap<FilterRule, String> shown = new EnumMap<>(FilterRule.class);
        rows.forEach(row -> shown.put(
                FilterRule.ofKeyword(row.text("filter_name")),
                row.find("filter_rule").orElse("")));
        EnumMap<FilterRule, String> real = new EnumMap<>(FilterRule.class);
        String before = "";
        for (Map.Entry<FilterRule, String> rule : shown.entrySet()) {
            if (!rule.getValue().equals(before)) {
                real.put(rule.getKey(), rule.getValue());
            }
            before = rule.getValue();
        }
        return of(real);
    }

    private static ShownFilter of(Map<FilterRule, String> texts) {
        EnumMap<FilterRule, List<String>> rules = new EnumMap<>(FilterRule.class);
        texts.forEach((rule, text) -> rules.put(rule, parts(text)));
        return new ShownFilter(rules);
    }

    /** The pieces between commas of what a server shows. */
    static List<String> parts(String shown) {
        return shown.isEmpty() ? List.of() : List.of(shown.split(",", -1));
    }

    /**
     * The same without tables of system schemas that are left out one by one, as managed servers always do with their own
     * ({@code mysql.rds_history}, {@code innodb_memcache.cache_policies}, …): no plan is about them.
     */
    public ShownFilter withoutSystemTables() {
        EnumMap<FilterRule, List<String>> others = new EnumMap<>(FilterRule.class);
        others.putAll(rules);
        others.computeIfPresent(
                FilterRule.IGNORE_TABLE,
                (rule, tables) ->
                        tables.stream().filter(table -> !isOfSystem(table)).toList());
        return new ShownFilter(others);
    }

    /** Whether everything that a plan may copy gets through: nothing but tables of system schemas is left out. */
    public boolean admitsAllButSystemTables() {
        return rules.entrySet().stream()
                .allMatch(rule -> IGNORING.contains(rule.getKey())
                        && rule.getValue().stream().allMatch(entry -> isOfSystem(entry) || isSystemSchema(entry)));
    }

    /** Whether changes of this table's rows are left out, by its name or by a pattern. */
    public boolean leavesOut(TableName table) {
        String key = table.database() + "." + table.table();
        return rules.getOrDefault(FilterRule.IGNORE_TABLE, List.of()).contains(key)
                || rules.getOrDefault(FilterRule.WILD_IGNORE_TABLE, List.of()).stream()
                        .anyMatch(pattern -> new WildPattern(pattern).matches(key));
    }

    private static boolean isSystemSchema(String pattern) {
        return Scope.SYSTEM_SCHEMAS.stream()
                .map(schema -> WildPattern.ofDatabase(schema).text())
                .anyMatch(pattern::equals);
    }

    private static boolean isOfSystem(String table) {
        return SYSTEM.stream().anyMatch(table::startsWith);
    }

    /** Whether nothing is filtered. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    @Override
    public String toString() {
        return isEmpty()
                ? "no filter"
                : rules.entrySet().stream()
                        .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }
}
