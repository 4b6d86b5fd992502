// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.mysql.Cancellation;

/** Compares both servers while replication goes on. */
record VerifyWork(Cancellation cancellation) {
    VerificationReport compare(VerifyOperation operation, RunLive live) {
        return new Comparison(
                        live.servers().connector(Target.SOURCE),
                        live.servers().connector(Target.REPLICA),
                        operation.scope())
                .live(cancellation);
    }
}
