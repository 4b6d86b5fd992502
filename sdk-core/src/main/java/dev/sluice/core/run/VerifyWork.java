// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.verify.VerificationReport;
import java.time.Duration;

/** Compares both servers while replication goes on. */
record VerifyWork() {
    /** The step's deadline ends a comparison; servers that nobody tells of it end their statements that much later by themselves. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    VerificationReport compare(VerifyOperation operation, RunLive live) {
        return new Comparison(
                        live.servers().connector(Target.SOURCE),
                        live.servers().connector(Target.REPLICA),
                        operation.scope())
                .live(live.time().cancellation(), live.step().deadline().plus(MARGIN));
    }
}
