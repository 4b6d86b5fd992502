// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Progress cannot be recorded or read. The run stops before its next change. */
public final class JournalException extends SluiceException {
    private static final long serialVersionUID = 1L;

    /**
     * Tells why the journal cannot be written or read.
     *
     * @param effect what the failing call did to the database; {@link Effect#NONE} where the record comes before the change
     * @param cause what the storage said, or null
     */
    public JournalException(Problem problem, Effect effect, @Nullable Throwable cause) {
        super(problem.toString(), List.of(problem), effect, cause);
    }
}
