// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The reverse of a change, journaled before the change is made. Immutable and thread-safe.
 *
 * @param scope when it is played
 * @param purpose what it restores, for people, such as {@code restore binlog_expire_logs_seconds to 86400}
 * @param settings what the session has to be set to first, such as {@code SET SESSION foreign_key_checks = 0}; run on the very
 *     session of the statement, each time it is tried, since a session that was lost takes its settings with it
 * @param reversal the statement or the call of a management API that reverses the change
 * @param guardOrNull what must still hold for the undo to be played, or null; see {@link #onlyIf()}
 */
public record Undo(
        UndoScope scope,
        String purpose,
        List<Statement> settings,
        Reversal reversal,
        @Nullable OnlyIf guardOrNull) {
    public Undo {
        settings = List.copyOf(settings);
        if (reversal instanceof ControlPlaneOperation && (!settings.isEmpty() || guardOrNull != null)) {
            throw new IllegalArgumentException("A call of a management API looks by itself whether it still applies");
        }
    }

    /** What reverses a change. */
    public sealed interface Reversal permits Statement, ControlPlaneOperation {}

    /**
     * An undo by a management API. The call is to be safe to make again and to leave alone what this run has not made; see
     * {@code ControlPlane}.
     */
    public static Undo byCall(UndoScope scope, ControlPlaneOperation call) {
        return new Undo(scope, call.info().purpose(), List.of(), call, null);
    }

    /** An undo that needs no settings of its session. */
    public Undo(UndoScope scope, String purpose, Statement statement, @Nullable OnlyIf guardOrNull) {
        this(scope, purpose, List.of(), statement, guardOrNull);
    }

    /**
     * The statement that reverses the change.
     *
     * @throws IllegalStateException if a call does
     */
    public Statement statement() {
        if (reversal instanceof Statement statement) {
            return statement;
        }
        throw new IllegalStateException("Reversed by a call: " + purpose);
    }

    /** All that is run on one session, in order: the settings, then the statement. Empty if a call reverses the change. */
    public List<Statement> statements() {
        return reversal instanceof Statement statement
                ? Stream.concat(settings.stream(), Stream.of(statement)).toList()
                : List.of();
    }

    /** The lines that a preview shows for it; never a secret. */
    public List<String> preview() {
        return reversal instanceof ControlPlaneOperation call
                ? call.preview()
                : statements().stream().map(Statement::preview).toList();
    }

    /** An undo that is played only as long as the value is the one that this run set; otherwise it is left and reported. */
    public Optional<OnlyIf> onlyIf() {
        return Optional.ofNullable(guardOrNull);
    }

    /**
     * A look before an undo.
     *
     * @param query a statement that reads one value, or one row
     * @param columns of the row, for statements that return more than the value, such as {@code SHOW SLAVE STATUS}: their values with one space
     *     in between count, and {@code ""} where there is no row. Empty for a query of one value
     * @param expected what it must return for the undo to be played
     */
    public record OnlyIf(String query, List<String> columns, String expected) {
        public OnlyIf {
            columns = List.copyOf(columns);
        }

        /** A query of one value. */
        public OnlyIf(String query, String expected) {
            this(query, List.of(), expected);
        }
    }
}
