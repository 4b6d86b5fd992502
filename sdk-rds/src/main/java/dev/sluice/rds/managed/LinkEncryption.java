// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.ReplicationAccountStatements.Demand;
import dev.sluice.core.mysql.ReplicationLink;
import java.util.Optional;

/** How the replica's connection to the source travels: encrypted wherever both can, readable only where the plan allows it. */
enum LinkEncryption {
    TLS,
    PLAIN_TEXT;

    static LinkEncryption of(StepContext context) {
        return ReplicationLink.canBeEncrypted(context.source(), context.replica()) ? TLS : PLAIN_TEXT;
    }

    /** What the replication account demands. */
    Demand demand() {
        return this == TLS ? Demand.TLS : Demand.NOTHING;
    }

    /** That a side cannot encrypt it and the plan does not allow to go without. */
    static Optional<Problem> problem(StepContext context) {
        return of(context) == TLS || context.allows(Consent.PLAIN_TEXT)
                ? Optional.empty()
                : Optional.of(context.source().tlsOffered() ? replicaCannot(context) : sourceCannot(context));
    }

    private static Problem sourceCannot(StepContext context) {
        return Problem.of(
                ManagedErrorCode.SOURCE_WITHOUT_TLS,
                "The source " + context.source().address()
                        + " offers no TLS, so that the replication password and all rows would be readable on the network",
                "Turn TLS on at the source, or add ." + Consent.PLAIN_TEXT.method() + " to the plan");
    }

    private static Problem replicaCannot(StepContext context) {
        return Problem.of(
                ManagedErrorCode.REPLICA_WITHOUT_TLS,
                "The replica " + context.replica().address()
                        + " offers no procedure that encrypts its connection to the source, so that the replication password and"
                        + " all rows would be readable on the network",
                "Upgrade the replica (Aurora MySQL 3.06 or later), or add ." + Consent.PLAIN_TEXT.method()
                        + " to the plan");
    }
}
