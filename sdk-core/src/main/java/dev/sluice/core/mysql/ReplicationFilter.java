// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.operation.Statement;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The replication filter that lets exactly a {@link Scope} through. It judges by the table that is changed, never by a session's
 * default database. Replicas forget it when they restart unless their option file holds it too. Immutable and thread-safe.
 *
 * <p>Servers look at rules in this order: tables to ignore, patterns to do, patterns to ignore. So excluded tables are ignored
 * by name, and what is included is done by pattern: a filter that only names tables would let {@code DROP DATABASE} of every
 * database through.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-rules-table-options.html">MySQL: evaluation of table-level
 *     replication options</a>
 */
public final class ReplicationFilter {
    private static final Set<FilterRule> RULES_OF_SCOPES =
            Set.of(FilterRule.IGNORE_TABLE, FilterRule.WILD_DO_TABLE, FilterRule.WILD_IGNORE_TABLE);

    private final Scope scope;
    private final List<TableName> ignored;
    private final List<WildPattern> done;
    private final List<WildPattern> ignoredPatterns;

    private ReplicationFilter(ReplicationFilter other, TableName leftOut) {
        this.scope = other.scope;
        this.ignored = Stream.concat(other.ignored.stream(), Stream.of(leftOut))
                .distinct()
                .toList();
        this.done = other.done;
        this.ignoredPatterns = other.ignoredPatterns;
    }

    private ReplicationFilter(Scope scope) {
        this.scope = scope;
        this.ignored = scope.excludedTables().stream()
                .filter(table -> scope.includesWhole(table.database()))
                .toList();
        this.done = included(scope);
        this.ignoredPatterns = scope.isNamed() ? List.of() : excluded(scope);
    }

    /**
     * The filter by which a replica applies this scope and nothing else; none for everything.
     *
     * @throws IllegalArgumentException if everything that the scope names is excluded again
     */
    public static ReplicationFilter of(Scope scope) {
        return new ReplicationFilter(scope);
    }

    private static List<WildPattern> included(Scope scope) {
        List<WildPattern> patterns = new ArrayList<>();
        scope.databases().stream()
                .filter(scope::includesWhole)
                .map(WildPattern::ofDatabase)
                .forEach(patterns::add);
        scope.tables().stream()
                .filter(scope::includes)
                .filter(table -> !scope.includesWhole(table.database()))
                .map(WildPattern::ofTable)
                .forEach(patterns::add);
        if (scope.isNamed() && patterns.isEmpty()) {
            throw new IllegalArgumentException("Everything that the scope names is excluded again: " + scope);
        }
        return List.copyOf(patterns);
    }

    private static List<WildPattern> excluded(Scope scope) {
        return Stream.concat(
                        new TreeSet<>(Scope.SYSTEM_SCHEMAS).stream(),
                        scope.excludedDatabases().stream().filter(database -> !Scope.isSystem(database)))
                .map(WildPattern::ofDatabase)
                .toList();
    }

    /** The same, which leaves one table out by its name, whatever else it lets through: tables to ignore are looked at first. */
    public ReplicationFilter leavingOut(TableName table) {
        return new ReplicationFilter(this, table);
    }

    /** Whether a replica with this filter applies changes of the table's rows. */
    public boolean admits(TableName table) {
        String key = table.database() + "." + table.table();
        if (ignored.stream().anyMatch(out -> key.equals(out.database() + "." + out.table()))) {
            return false;
        }
        return decidedByPatterns(key);
    }

    /** Whether a replica with this filter applies {@code CREATE}, {@code ALTER} and {@code DROP DATABASE}. */
    public boolean admitsDatabase(String database) {
        return decidedByPatterns(database + ".");
    }

    private boolean decidedByPatterns(String key) {
        if (done.stream().anyMatch(pattern -> pattern.matches(key))) {
            return true;
        }
        return done.isEmpty() && ignoredPatterns.stream().noneMatch(pattern -> pattern.matches(key));
    }

    /**
     * The tables for which the server's filter would decide otherwise than the scope: it joins database and table by a dot before
     * it compares, so that the pattern of database {@code a} also matches the tables of database {@code a.b}. With any of them
     * the scope cannot be replicated.
     *
     * @param tables all tables of the source, in the scope or not
     */
    public List<TableName> misjudged(Collection<TableName> tables) {
        return tables.stream()
                .filter(table -> !Scope.isSystem(table.database()))
                .filter(table -> admits(table) != scope.includes(table))
                .sorted()
                .toList();
    }

    /** The databases outside the scope that the server's filter would let be created and dropped on the replica. */
    public List<String> misjudgedDatabases(Collection<String> databases) {
        return databases.stream()
                .filter(database -> admitsDatabase(database) && !scope.touches(database))
                .sorted()
                .toList();
    }

    /** Sets this filter, and no other rules, for all channels and for those to come; appliers must stand still. */
    public Statement statement() {
        return Statement.of("CHANGE REPLICATION FILTER " + clauses(this::quoted));
    }

    /** The same for one channel that is configured already, where {@link Dialect#filtersByChannel()}. */
    public Statement statementForChannel(String channel) {
        return Statement.of("CHANGE REPLICATION FILTER " + clauses(this::quoted) + Dialect.forChannel(channel));
    }

    /** Whether it may be the filter of some scope: of the kinds of rules that {@link #of} makes, and as it makes them. */
    public static boolean isOfAScope(ShownFilter shown) {
        if (!RULES_OF_SCOPES.containsAll(shown.rules().keySet())) {
            return false;
        }
        List<String> ignored = shown.rules().getOrDefault(FilterRule.WILD_IGNORE_TABLE, List.of());
        boolean named = shown.rules().containsKey(FilterRule.WILD_DO_TABLE);
        return named
                ? ignored.isEmpty()
                : ignored.containsAll(excluded(Scope.EVERYTHING).stream()
                        .map(WildPattern::text)
                        .toList());
    }

    /** Removes all rules, for all channels and for those to come. */
    public static Statement removal() {
        return Statement.of("CHANGE REPLICATION FILTER "
                + Stream.of(FilterRule.values())
                        .map(rule -> rule.keyword() + " = ()")
                        .collect(Collectors.joining(", ")));
    }

    /**
     * Sets a filter that a server has shown, and no other rules, for all channels and for those to come; appliers must stand still.
     *
     * @param shown of a scope, see {@link #isOfAScope}; with the entries that were set, which those that hold a comma are not
     */
    public static Statement statement(ShownFilter shown) {
        return Statement.of("CHANGE REPLICATION FILTER "
                + clauses(rule -> shown.rules().getOrDefault(rule, List.of()).stream()
                        .map(entry -> quoted(rule, entry))
                        .toList()));
    }

    private static String quoted(FilterRule rule, String entry) {
        if (rule != FilterRule.IGNORE_TABLE) {
            return Quote.literal(entry);
        }
        int dot = entry.indexOf('.');
        return Quote.identifier(TableName.of(entry.substring(0, dot), entry.substring(dot + 1)));
    }

    /** All rules but the renaming of databases, so that none that was there before remains. */
    private static String clauses(Function<FilterRule, List<String>> quoted) {
        return Stream.of(FilterRule.values())
                .filter(rule -> rule != FilterRule.REWRITE_DB)
                .map(rule -> rule.keyword() + " = (" + String.join(", ", quoted.apply(rule)) + ")")
                .collect(Collectors.joining(", "));
    }

    private List<String> quoted(FilterRule rule) {
        return switch (rule) {
            case IGNORE_TABLE -> ignored.stream().map(Quote::identifier).toList();
            case WILD_DO_TABLE ->
                done.stream().map(p -> Quote.literal(p.text())).toList();
            case WILD_IGNORE_TABLE ->
                ignoredPatterns.stream().map(p -> Quote.literal(p.text())).toList();
            default -> List.of();
        };
    }

    /** The entries of each rule that is not empty, unquoted, as servers show them and parameter groups take them. */
    public Map<FilterRule, List<String>> rules() {
        Map<FilterRule, List<String>> rules = new EnumMap<>(FilterRule.class);
        put(
                rules,
                FilterRule.IGNORE_TABLE,
                ignored.stream().map(TableName::toString).toList());
        put(
                rules,
                FilterRule.WILD_DO_TABLE,
                done.stream().map(WildPattern::text).toList());
        put(
                rules,
                FilterRule.WILD_IGNORE_TABLE,
                ignoredPatterns.stream().map(WildPattern::text).toList());
        return rules;
    }

    private static void put(Map<FilterRule, List<String>> rules, FilterRule rule, List<String> entries) {
        if (!entries.isEmpty()) {
            rules.put(rule, entries);
        }
    }

    /**
     * Whether a server that shows this filter has exactly this one. Where names are included, it may leave system schemas out by pattern as
     * well, as filters in parameter groups do: what is not included stays out anyway. Single tables of system schemas do not count.
     */
    public boolean isShownAs(ShownFilter shown) {
        Map<FilterRule, List<String>> expected = new EnumMap<>(FilterRule.class);
        rules().forEach((rule, entries) -> expected.put(rule, ShownFilter.parts(String.join(",", entries))));
        return new ShownFilter(expected)
                .equals((scope.isNamed() ? withoutSystemSchemas(shown) : shown).withoutSystemTables());
    }

    private static ShownFilter withoutSystemSchemas(ShownFilter shown) {
        Map<FilterRule, List<String>> rules = new EnumMap<>(FilterRule.class);
        rules.putAll(shown.rules());
        List<String> system =
                excluded(Scope.EVERYTHING).stream().map(WildPattern::text).toList();
        rules.computeIfPresent(
                FilterRule.WILD_IGNORE_TABLE,
                (rule, entries) -> entries.stream()
                        .filter(entry -> !system.contains(entry))
                        .toList());
        return new ShownFilter(rules);
    }

    /** The lines that a person puts into the replica's option file, so that a restart does not lose the filter. */
    public List<String> optionFileLines() {
        return rules().entrySet().stream()
                .flatMap(rule ->
                        rule.getValue().stream().map(entry -> rule.getKey().option() + "=" + optionValue(entry)))
                .toList();
    }

    /** In quotes, since {@code #} begins a comment, and with backslashes doubled, since option files have escapes of their own. */
    private static String optionValue(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        return '"' + escaped + '"';
    }

    @Override
    public String toString() {
        return rules().toString();
    }
}
