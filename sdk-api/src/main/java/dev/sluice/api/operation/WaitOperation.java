// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import java.time.Duration;
import java.util.List;

/**
 * Waits, by reading, until its step's look says that it is done. Immutable and thread-safe.
 *
 * @param info what all operations have
 * @param condition what is waited for, for people
 * @param deadline the longest wait, after which the step and its run fail; see
 *     {@link dev.sluice.api.run.RunState#FAILED}
 * @param fills what its step's look tells when it is over
 */
public record WaitOperation(OperationInfo info, String condition, Duration deadline, List<Slot<?>> fills)
        implements Operation {
    public WaitOperation {
        fills = List.copyOf(fills);
    }

    /** A wait after which nothing new is known. */
    public WaitOperation(OperationInfo info, String condition, Duration deadline) {
        this(info, condition, deadline, List.of());
    }

    @Override
    public List<String> preview() {
        return List.of("wait until " + condition + ", at most " + exactly(deadline));
    }

    /** In the largest unit of which it is a whole number. */
    private static String exactly(Duration time) {
        if (time.equals(Duration.ofHours(time.toHours()))) {
            return time.toHours() + " h";
        }
        if (time.equals(Duration.ofMinutes(time.toMinutes()))) {
            return time.toMinutes() + " min";
        }
        return time.equals(Duration.ofSeconds(time.toSeconds())) ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
