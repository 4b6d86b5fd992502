// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SqlFailures;
import java.util.Optional;

/**
 * Looks for prepared XA transactions. {@code FLUSH TABLES WITH READ LOCK} does not wait for them, and from a detached one 5.7 keeps no
 * lock at all, so that their rows would be in neither the snapshot nor the log after it. Thread-safe: no state.
 */
final class PreparedTransactions {
    /** XAER_RMERR: how 8.0 and later deny XA RECOVER. */
    private static final int DENIED = 1401;

    private PreparedTransactions() {}

    /**
     * What is wrong, if there are any.
     *
     * @throws StepRefusedException if the user may not see them: nobody could tell whether the snapshot is complete
     */
    static Optional<Problem> look(MySqlSession session) {
        int prepared = count(session);
        return prepared == 0
                ? Optional.empty()
                : Optional.of(Problem.of(
                        SnapshotErrorCode.PREPARED_XA,
                        prepared + " XA transactions are prepared on " + session.server()
                                + ", in this scope or outside it"));
    }

    private static int count(MySqlSession session) {
        try {
            return session.query("XA RECOVER").size();
        } catch (StepRefusedException failure) {
            if (SqlFailures.serverError(failure)
                    .filter(error -> error.number() == DENIED)
                    .isPresent()) {
                throw new StepRefusedException(
                        Problem.of(
                                SnapshotErrorCode.XA_NOT_VISIBLE,
                                "The user of " + session.server() + " may not run XA RECOVER"),
                        failure);
            }
            throw failure;
        }
    }
}
