// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import dev.sluice.api.run.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that only a person can do, such as a restart with other settings. The run waits until the server shows that it was
 * done; where no server can show it, until somebody confirms. Immutable and thread-safe.
 *
 * @param info what all operations have
 * @param instructions what to do, line by line, exactly
 * @param deadline the longest wait, after which the run fails; see {@link dev.sluice.api.run.RunState#FAILED}
 * @param questionOrNull what else the person is to tell, or null; see {@link #question()}
 */
public record PersonOperation(
        OperationInfo info,
        List<String> instructions,
        Duration deadline,
        @Nullable Question questionOrNull) implements Operation {
    /** How long a run waits for a person where the plan does not say. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofDays(7);

    public PersonOperation {
        instructions = List.copyOf(instructions);
    }

    /** An action after which nothing is asked. */
    public PersonOperation(OperationInfo info, List<String> instructions, Duration deadline) {
        this(info, instructions, deadline, null);
    }

    /** What the person is to tell when it was done; its step learns the answer by {@link dev.sluice.api.spi.LiveContext#told}. */
    public Optional<Question> question() {
        return Optional.ofNullable(questionOrNull);
    }

    /** The action as this run asks for it: with its id where {@link ControlPlaneOperation#RUN} stands in the instructions. */
    public PersonOperation of(RunId run) {
        List<String> filled = instructions.stream()
                .map(line -> line.replace(ControlPlaneOperation.RUN, run.value()))
                .toList();
        return new PersonOperation(info, filled, deadline, questionOrNull);
    }

    @Override
    public List<String> preview() {
        List<String> lines = new ArrayList<>(instructions);
        question().ifPresent(question -> lines.add("and tell " + question.text()));
        return lines;
    }
}
