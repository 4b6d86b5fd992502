// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.verify.Consistency;
import dev.sluice.core.verify.Verifier;
import dev.sluice.core.verify.VerifyListener;
import dev.sluice.core.verify.VerifyRequest;
import java.time.Duration;

/** Compares a scope on both servers. */
public record Comparison(MySqlConnector source, MySqlConnector replica, Scope scope) {
    /** While the source is written to. */
    public VerificationReport live(Cancellation cancellation) {
        return live(cancellation, VerifyRequest.DEFAULT_DEADLINE);
    }

    /** While the source is written to. What has not been decided after that time is told as undecided. */
    public VerificationReport live(Cancellation cancellation, Duration limit) {
        return compare(VerifyRequest.of(scope, Consistency.LIVE).within(limit), cancellation);
    }

    /** While nothing is written. */
    public VerificationReport standingStill(Cancellation cancellation) {
        return compare(VerifyRequest.of(scope, Consistency.STANDING_STILL), cancellation);
    }

    private VerificationReport compare(VerifyRequest request, Cancellation cancellation) {
        return new Verifier().verify(source, replica, request, new VerifyListener() {}, cancellation);
    }
}
