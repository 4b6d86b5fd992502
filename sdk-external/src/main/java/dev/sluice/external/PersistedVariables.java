// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.Quote;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The variables that a server keeps in {@code mysqld-auto.cnf} because somebody set them by {@code SET PERSIST}. They are part of
 * the facts, so that an undo can tell a variable that has to be persisted with its old value from one that has to be forgotten.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/persisted-system-variables.html">MySQL: persisted system variables</a>
 */
final class PersistedVariables {
    /** A fact of this name has the persisted value of the variable named after it. */
    private static final String PREFIX = "persisted.";

    private PersistedVariables() {}

    /** The facts with what is persisted on the server; without it where the user may not see it. */
    static ServerFacts addedTo(ServerFacts facts, ServerSession session) {
        if (!Dialect.of(facts.version()).persists()) {
            return facts;
        }
        Map<String, String> variables = new TreeMap<>();
        try {
            for (Row row : session.query("SELECT VARIABLE_NAME AS name, VARIABLE_VALUE AS value"
                    + " FROM performance_schema.persisted_variables")) {
                variables.put(PREFIX + row.text("name"), row.find("value").orElse(""));
            }
            RetentionOfOthers.persisted(facts).ifPresent(name -> variables.remove(PREFIX + name));
        } catch (StepRefusedException notForThisUser) {
            return facts;
        }
        return facts.plusVariables(variables);
    }

    /** The value that the variable gets when the server restarts, as the facts have it. */
    static Optional<String> find(ServerFacts facts, String variable) {
        return facts.variable(PREFIX + variable);
    }

    /** A query for the value that the variable gets when the server restarts. */
    static String query(String variable) {
        return "SELECT VARIABLE_VALUE FROM performance_schema.persisted_variables WHERE VARIABLE_NAME = "
                + Quote.literal(variable);
    }
}
