// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.verify.VerificationReport;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import dev.sluice.core.verify.Verifier;
import dev.sluice.core.verify.VerifyRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The comparisons of one Sluice that belong to no run, and end with it. Thread-safe. */
public final class Comparisons implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Comparisons.class);

    private final Cancellation closing = new Cancellation();

    /**
     * Compares both servers.
     *
     * @throws IllegalStateException if the Sluice is closed, or is closed meanwhile
     * @throws CancelledException if the waiting thread was interrupted
     */
    public VerificationReport compare(LiveServers servers, VerifyRequest request, VerifyListener listener) {
        try {
            closing.check();
            return new Verifier().verify(servers.source(), servers.replica(), request, listener, closing);
        } catch (CancelledException ended) {
            if (closing.isCancelled()) {
                throw new IllegalStateException("This Sluice is closed", ended);
            }
            throw ended;
        }
    }

    /** Ends all of them, and what they run on the servers. */
    @Override
    public void close() {
        try {
            closing.cancel();
        } catch (RuntimeException failure) {
            log.warn("Not all that comparisons ran could be ended", failure);
        }
    }
}
