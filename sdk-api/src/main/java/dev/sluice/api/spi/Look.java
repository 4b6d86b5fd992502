// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.operation.Operation;
import java.util.List;

/** What a step saw when it looked at the servers. */
public sealed interface Look permits Look.Done, Look.Missing, Look.Unknown {
    /** What was seen, for events and the journal; never a secret. */
    String evidence();

    /** The servers are as the step wants them. */
    static Look done(String evidence) {
        return new Done(evidence);
    }

    /** These operations of the compiled step, in its order, are still to be done. */
    static Look missing(String evidence, List<? extends Operation> operations) {
        return new Missing(evidence, operations.stream().map(Operation::id).toList());
    }

    /** It cannot be told; the run looks again until it can or the step's deadline is over. */
    static Look unknown(String evidence) {
        return new Unknown(evidence);
    }

    /** The servers are as the step wants them. */
    record Done(String evidence) implements Look {}

    /** Operations of the compiled step that are still to be done, by id. */
    record Missing(String evidence, List<String> operationIds) implements Look {
        public Missing {
            operationIds = List.copyOf(operationIds);
            if (operationIds.isEmpty()) {
                throw new IllegalArgumentException("A look that misses something names at least one operation");
            }
        }
    }

    /** It cannot be told yet. */
    record Unknown(String evidence) implements Look {}
}
