// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import dev.sluice.api.operation.Question;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that only a person can do and that a run waits for. Immutable and thread-safe.
 *
 * @param id by which it is confirmed
 * @param purpose what it is for
 * @param instructions what to do, line by line
 * @param deadline until when the run waits
 * @param questionOrNull what is to be told when it was done, or null; see {@link #question()}
 */
public record PendingAction(
        String id,
        String purpose,
        List<String> instructions,
        Instant deadline,
        @Nullable Question questionOrNull) {
    public PendingAction {
        instructions = List.copyOf(instructions);
    }

    /** What is to be told when it was done, by {@link ReplicationRun#confirm(String, String, String)}; empty for most actions. */
    public Optional<Question> question() {
        return Optional.ofNullable(questionOrNull);
    }
}
