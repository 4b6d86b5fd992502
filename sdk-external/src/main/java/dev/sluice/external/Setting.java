// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A value for one global variable of one server: the statement that sets it so that a restart does not lose it, where the server's
 * version can do that, and what puts back what was there before.
 *
 * @param server the server's facts, with the value before
 * @param variable the name as this version calls it
 * @param value a number or a word
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/set-variable.html">MySQL: SET</a>
 */
record Setting(ServerFacts server, String variable, String value) {
    Setting {
        if (!value.matches("[A-Za-z0-9_]+")) {
            throw new IllegalArgumentException("Not a number or a word: " + value);
        }
    }

    Setting(ServerFacts server, String variable, long value) {
        this(server, variable, Long.toString(value));
    }

    /** The operation that sets it, with what undoes it in this scope. */
    SqlOperation operation(String id, Target target, String purpose, UndoScope undone) {
        OperationInfo info = OperationInfo.changing(id, target, purpose);
        for (Undo undo : undos(undone)) {
            info = info.undoneBy(undo);
        }
        return new SqlOperation(info, statement());
    }

    Statement statement() {
        return Statement.of(dialect().setGlobal(variable, value));
    }

    /** Sets the running value only. */
    Statement notPersisting() {
        return Statement.of("SET GLOBAL " + variable + " = " + value);
    }

    /** Whether a restart brings a value that somebody has persisted. */
    boolean isPersisted() {
        return PersistedVariables.find(server, variable).isPresent();
    }

    /** Newest first when they are played: the running value, then what a restart would bring. */
    List<Undo> undos(UndoScope scope) {
        List<Undo> undos = new ArrayList<>();
        if (forgets()) {
            undos.add(new Undo(
                    scope,
                    "forget the persisted " + variable,
                    forgetting(),
                    new OnlyIf(PersistedVariables.query(variable), value)));
        }
        undos.add(new Undo(
                scope,
                "restore " + variable + " to " + before(),
                restoring(),
                new OnlyIf("SELECT @@GLOBAL." + variable, asSelected(value))));
        return undos;
    }

    /** Sets the running value to what it was; a restart brings it only where it was persisted before, too. */
    Statement restoring() {
        return Statement.of(
                forgets()
                        ? "SET GLOBAL " + variable + " = " + before()
                        : dialect().setGlobal(variable, before()));
    }

    /** Removes the value from those that survive a restart. */
    Statement forgetting() {
        return Statement.of("RESET PERSIST IF EXISTS " + variable);
    }

    /** Whether nothing was persisted before, so that this value has to be forgotten to leave the server as it was. */
    boolean forgets() {
        return dialect().persists() && !isPersisted();
    }

    private String before() {
        String before = server.variable(variable)
                .orElseThrow(() -> new IllegalStateException("The facts do not have " + variable));
        return before.matches("[A-Za-z0-9_]+") ? before : Quote.literal(before);
    }

    /** As {@code SELECT @@GLOBAL.…} returns it. */
    private static String asSelected(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "ON" -> "1";
            case "OFF" -> "0";
            default -> word;
        };
    }

    /** The line for the option file. */
    String optionLine() {
        return variable.replace('_', '-') + "=" + value;
    }

    /** What a user has to know where the version cannot keep the value over a restart; empty where it can. */
    List<String> notes() {
        return dialect().persists()
                ? List.of()
                : List.of("MySQL " + server.version() + " forgets " + variable
                        + " when it restarts. To keep it, put into the option file under [mysqld]: " + optionLine());
    }

    RequiredPrivilege privilege(Target target) {
        return new RequiredPrivilege(target, dialect().variableAdminPrivileges(), "to set " + variable);
    }

    private Dialect dialect() {
        return Dialect.of(server.version());
    }
}
