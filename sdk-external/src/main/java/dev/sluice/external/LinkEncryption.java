// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.StepContext;
import java.util.Optional;

/** How the replica's connection to the source travels: encrypted wherever the source can, readable only where the plan allows it. */
enum LinkEncryption {
    TLS,
    PLAIN_TEXT;

    static LinkEncryption of(StepContext context) {
        return context.source().tlsOffered() ? TLS : PLAIN_TEXT;
    }

    /** That the source offers no TLS and the plan does not allow to go without. */
    static Optional<Problem> problem(StepContext context) {
        return of(context) == TLS || context.allows(Consent.PLAIN_TEXT)
                ? Optional.empty()
                : Optional.of(Problem.of(
                        ExternalErrorCode.SOURCE_WITHOUT_TLS,
                        "The source " + context.source().address()
                                + " offers no TLS, so that the replication password and all rows would be readable on the"
                                + " network",
                        "Turn TLS on at the source, or add ." + Consent.PLAIN_TEXT.method() + " to the plan"));
    }
}
