// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Nobody is changing tables on the source. Statements are told by their first word: the rest may hold anything. */
final class OpenDdl extends NamedCheck {
    private static final Set<String> STATEMENTS = Set.of("Query", "Execute");
    private static final Set<String> VERBS =
            Set.of("ALTER", "CREATE", "DROP", "RENAME", "TRUNCATE", "OPTIMIZE", "REPAIR");

    OpenDdl() {
        super("open-ddl", LoadCode.OPEN_DDL, Level.WARNING);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!PlanReach.copies(context)) {
            return List.of();
        }
        return context.sourceSession().query("SHOW PROCESSLIST").stream()
                .filter(row -> STATEMENTS.contains(row.find("Command").orElse("")))
                .flatMap(row -> verb(row).map(verb -> problem(context, row, verb)))
                .toList();
    }

    private static Stream<String> verb(Row row) {
        return SqlTokens.of(row.find("Info").orElse("")).tokens().stream()
                .limit(1)
                .filter(VERBS::contains);
    }

    private Problem problem(LiveContext context, Row row, String verb) {
        return Problem.of(
                code(),
                "Session " + row.text("Id") + " of " + row.text("User").toLowerCase(Locale.ROOT) + " on "
                        + Labels.source(context) + " has been running " + verb + " for " + row.text("Time") + " s");
    }
}
