// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** Settings that statements and values get their meaning from are the same on both servers. */
final class SettingsDiffer implements FactsRule {
    private final String id;
    private final List<String> variables;

    private SettingsDiffer(String id, String... variables) {
        this.id = id;
        this.variables = List.of(variables);
    }

    static SettingsDiffer sqlMode() {
        return new SettingsDiffer("sql-mode-differs", "sql_mode");
    }

    static SettingsDiffer timeZone() {
        return new SettingsDiffer("time-zone-differs", "time_zone", "explicit_defaults_for_timestamp");
    }

    static SettingsDiffer characterSet() {
        return new SettingsDiffer(
                "character-set-differs", "character_set_server", "collation_server", "default_collation_for_utf8mb4");
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ErrorCode code() {
        return RuleCode.SETTINGS_DIFFER;
    }

    @Override
    public Level level() {
        return Level.NOTE;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        return variables.stream()
                .filter(variable -> both(context, variable))
                .filter(variable -> !value(context.source(), variable).equals(value(context.replica(), variable)))
                .map(variable -> Problem.of(
                        code(),
                        Labels.capital(Labels.source(context)) + " has " + variable + "='"
                                + value(context.source(), variable) + "', and " + Labels.replica(context) + " has '"
                                + value(context.replica(), variable) + "'"))
                .toList();
    }

    /** A variable that one of the versions does not know has nothing to be compared with. */
    private static boolean both(StepContext context, String variable) {
        return context.source().variable(variable).isPresent()
                && context.replica().variable(variable).isPresent();
    }

    private static String value(ServerFacts server, String variable) {
        String value = server.variable(variable).orElse("");
        return variable.equals("time_zone") && value.equalsIgnoreCase("SYSTEM")
                ? server.variable("system_time_zone").orElse(value)
                : value;
    }
}
