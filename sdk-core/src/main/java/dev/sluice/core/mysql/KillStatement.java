// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.error.StepException;

/** Runs KILL, for which a session that is gone already is as good as killed. */
final class KillStatement {
    private static final int UNKNOWN_THREAD = 1094;

    private KillStatement() {}

    static void run(MySqlSession session, String statement) {
        try {
            session.execute(statement);
        } catch (StepException failure) {
            boolean gone = SqlFailures.serverError(failure)
                    .filter(error -> error.number() == UNKNOWN_THREAD)
                    .isPresent();
            if (!gone) {
                throw failure;
            }
        }
    }
}
