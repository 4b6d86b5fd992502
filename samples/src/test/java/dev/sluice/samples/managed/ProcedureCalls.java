// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import dev.sluice.testservers.MySqlServer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Procedures of AWS as {@code name/arguments}: as they were called, and as a server has them. */
final class ProcedureCalls {
    private static final Pattern CALL = Pattern.compile(
            "(?:/\\*.*?\\*/\\s*)*CALL\\s+`?mysql`?\\.`?(\\w+)`?\\s*(?:\\((.*)\\))?;?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern STRING = Pattern.compile("'(?:[^'\\\\]|''|\\\\.)*'", Pattern.DOTALL);
    private static final Pattern INNERMOST = Pattern.compile("\\w*\\([^()]*\\)");

    private ProcedureCalls() {}

    /** Those among the statements. */
    static Set<String> among(Stream<String> statements) {
        return statements
                .map(CALL::matcher)
                .filter(Matcher::matches)
                .map(call -> call.group(1) + "/" + count(call.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int count(@Nullable String arguments) {
        if (arguments == null || arguments.isBlank()) {
            return 0;
        }
        String flat = STRING.matcher(arguments).replaceAll("''");
        String before = "";
        while (!before.equals(flat)) {
            before = flat;
            flat = INNERMOST.matcher(flat).replaceAll("x");
        }
        return flat.split(",", -1).length;
    }

    /** All that a server has. */
    static Set<String> offeredBy(MySqlServer server) {
        List<List<String>> rows = server
                .query("SELECT r.ROUTINE_NAME, COUNT(p.PARAMETER_NAME)"
                        + " FROM information_schema.ROUTINES r LEFT JOIN information_schema.PARAMETERS p"
                        + " ON p.SPECIFIC_SCHEMA = r.ROUTINE_SCHEMA AND p.SPECIFIC_NAME = r.SPECIFIC_NAME"
                        + " WHERE r.ROUTINE_SCHEMA = 'mysql' AND r.ROUTINE_TYPE = 'PROCEDURE'"
                        + " GROUP BY r.ROUTINE_NAME")
                .stream()
                .map(row -> row.stream().map(String::valueOf).toList())
                .toList();
        return rows.stream().map(row -> row.get(0) + "/" + row.get(1)).collect(Collectors.toCollection(TreeSet::new));
    }
}
