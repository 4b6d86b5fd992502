// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reverse of a change, journaled before the change is made. Immutable and thread-safe.
 *
 * @param scope when it is played
 * @param purpose what it restores, for people, such as {@code restore binlog_expire_logs_seconds to 86400}
 * @param statement the statement that reverses the change
 * @param guardOrNull what must still hold for the undo to be played, or null; see {@link #onlyIf()}
 */
public record Undo(
        UndoScope scope,
        String purpose,
        Statement statement,
        @Nullable OnlyIf guardOrNull) {
    /** An undo that is played only as long as the value is the one that this run set; otherwise it is left and reported. */
    public Optional<OnlyIf> onlyIf() {
        return Optional.ofNullable(guardOrNull);
    }

    /**
     * A look before an undo.
     *
     * @param query a statement that reads one value
     * @param expected what it must return for the undo to be played
     */
    public record OnlyIf(String query, String expected) {}
}
