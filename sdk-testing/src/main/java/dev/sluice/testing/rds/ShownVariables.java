// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lets a server show fixed variables, whichever way it is asked: by {@code SHOW VARIABLES}, as {@code @@name}, and in
 * {@code performance_schema}. The column of {@code @@name} keeps its name only in a plain list after {@code SELECT}.
 */
final class ShownVariables implements UnaryOperator<String> {
    private static final Pattern SHOW = Pattern.compile(
            "SHOW\\s+(?:(GLOBAL|SESSION|LOCAL)\\s+)?VARIABLES(?:\\s+LIKE\\s+(['\"])(.*?)\\2|\\s+WHERE\\s+(.*))?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile(
            "\\bperformance_schema\\s*\\.\\s*(global|session)_variables\\b(?:\\s+AS\\b)?"
                    + "(?:\\s+(?!(?:WHERE|ORDER|GROUP|HAVING|LIMIT|JOIN|INNER|LEFT|RIGHT|CROSS|NATURAL|ON|USING|UNION|FOR)\\b)(\\w+))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LIST =
            Pattern.compile("SELECT\\s+@@[\\w.]+(?:\\s*,\\s*@@[\\w.]+)*", Pattern.CASE_INSENSITIVE);

    private final Map<String, FixedVariable> fixed;
    private final Pattern variable;

    ShownVariables(List<FixedVariable> fixed) {
        this.fixed = fixed.stream().collect(Collectors.toUnmodifiableMap(FixedVariable::name, one -> one));
        this.variable = Pattern.compile(
                "@@(?:(?:global|session|local)\\s*\\.\\s*)?(" + String.join("|", this.fixed.keySet()) + ")\\b",
                Pattern.CASE_INSENSITIVE);
    }

    @Override
    public String apply(String query) {
        Matcher show = SHOW.matcher(query);
        if (show.matches()) {
            return concerns(show) ? show(show) : query;
        }
        if (query.regionMatches(true, 0, "SET ", 0, 4)) {
            return query;
        }
        boolean list = LIST.matcher(query).matches();
        String changed = Literals.replaceOutside(
                query, variable, found -> literal(found) + (list ? " AS `" + found.group() + "`" : ""));
        return Literals.replaceOutside(changed, TABLE, this::table);
    }

    private String literal(MatchResult found) {
        return fixed.get(found.group(1).toLowerCase(Locale.ROOT)).literal();
    }

    private boolean concerns(MatchResult show) {
        return show.group(3) == null
                || fixed.keySet().stream().anyMatch(like(show.group(3)).asMatchPredicate());
    }

    private static Pattern like(String pattern) {
        String regex = pattern.chars()
                .mapToObj(c -> c == '%' ? ".*" : c == '_' ? "." : c == '\\' ? "" : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    private String show(MatchResult show) {
        String scope = "GLOBAL".equalsIgnoreCase(show.group(1)) ? "global" : "session";
        String condition = "";
        if (show.group(3) != null) {
            condition = " WHERE Variable_name LIKE '" + show.group(3).replace("'", "''") + "'";
        } else if (show.group(4) != null) {
            condition = " WHERE " + show.group(4);
        }
        return "SELECT * FROM " + rows(scope, "Variable_name", "Value") + " shown" + condition
                + " ORDER BY Variable_name";
    }

    private String table(MatchResult found) {
        String alias = found.group(2) == null ? found.group(1) + "_variables" : found.group(2);
        return rows(found.group(1), "VARIABLE_NAME", "VARIABLE_VALUE") + " " + alias;
    }

    /** The collation is named, since those of literals and of the server's own columns are not the same. */
    private String rows(String scope, String name, String value) {
        String names =
                fixed.keySet().stream().sorted().map(one -> "'" + one + "'").collect(Collectors.joining(", "));
        String own = fixed.values().stream()
                .map(one -> " UNION ALL SELECT " + text("'" + one.name() + "'") + ", " + text("'" + one.shown() + "'"))
                .sorted()
                .collect(Collectors.joining());
        return "(SELECT " + text("variable_name") + " AS " + name + ", " + text("variable_value") + " AS " + value
                + " FROM performance_schema." + scope.toLowerCase(Locale.ROOT)
                + "_variables WHERE variable_name NOT IN (" + names + ")" + own + ")";
    }

    private static String text(String expression) {
        return "CONVERT(" + expression + " USING utf8mb4) COLLATE utf8mb4_general_ci";
    }
}
