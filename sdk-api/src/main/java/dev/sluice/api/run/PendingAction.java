// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import java.time.Instant;
import java.util.List;

/**
 * Something that only a person can do and that a run waits for. Immutable and thread-safe.
 *
 * @param id by which it is confirmed
 * @param purpose what it is for
 * @param instructions what to do, line by line
 * @param deadline until when the run waits
 */
public record PendingAction(String id, String purpose, List<String> instructions, Instant deadline) {
    public PendingAction {
        instructions = List.copyOf(instructions);
    }
}
