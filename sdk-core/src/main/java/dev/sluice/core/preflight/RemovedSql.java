// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * No view and no stored program of a source before 8.0 uses what 8.0 has removed.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.0/en/mysql-nutshell.html">MySQL: features removed in 8.0</a>
 */
final class RemovedSql extends NamedCheck {
    private static final List<String> FUNCTIONS = List.of(
            "DECODE",
            "DES_DECRYPT",
            "DES_ENCRYPT",
            "ENCODE",
            "ENCRYPT",
            "PASSWORD",
            "ASTEXT",
            "ASBINARY",
            "GEOMFROMTEXT",
            "GEOMETRYFROMTEXT",
            "GLENGTH",
            "POINTFROMTEXT",
            "POLYFROMTEXT",
            "LINEFROMTEXT");
    private static final Set<String> ENDS_OF_GROUPS =
            Set.of("HAVING", "ORDER", "LIMIT", "UNION", "INTO", "FOR", "LOCK", "PROCEDURE", ";");

    RemovedSql() {
        super("removed-sql", VersionCode.SQL_REMOVED, Level.WARNING);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        boolean concerned = !context.source().version().isAtLeast(8, 0, 0)
                && context.replica().version().isAtLeast(8, 0, 0);
        if (!concerned) {
            return List.of();
        }
        Scope scope = context.replication().scope();
        List<String> found = Stream.concat(
                        StoredPrograms.views(context.sourceSession(), scope).stream(),
                        StoredPrograms.programs(context.sourceSession(), scope).stream())
                .flatMap(program -> used(program.tokens()).stream().map(what -> what + " in " + program.what()))
                .toList();
        return found.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(), Labels.capital(Labels.replica(context)) + " no longer has " + Listing.of(found)));
    }

    private static Set<String> used(SqlTokens definition) {
        Set<String> used = new TreeSet<>();
        FUNCTIONS.stream().filter(name -> definition.has(name, "(")).forEach(name -> used.add(name + "()"));
        if (sortsGroups(definition.tokens())) {
            used.add("GROUP BY … ASC or DESC");
        }
        return used;
    }

    private static boolean sortsGroups(List<String> tokens) {
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).equals("GROUP") && tokens.get(i + 1).equals("BY")) {
                groups.add(i + 2);
            }
        }
        return groups.stream().anyMatch(from -> sorts(tokens.subList(from, tokens.size())));
    }

    /** What stands in parentheses belongs to something else, such as GROUP_CONCAT. */
    private static boolean sorts(List<String> afterGroupBy) {
        int depth = 0;
        for (String token : afterGroupBy) {
            depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
            if (depth < 0 || (depth == 0 && ENDS_OF_GROUPS.contains(token))) {
                return false;
            }
            if (depth == 0 && (token.equals("ASC") || token.equals("DESC"))) {
                return true;
            }
        }
        return false;
    }
}
