// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;

/** Runs KILL, for which a session that is gone already is as good as killed. */
final class KillStatement {
    private static final int UNKNOWN_THREAD = 1094;

    private KillStatement() {}

    /** For a session that was just found by the killing one, which so is on its server. */
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

    /**
     * For one that was opened at another time, by an address that may lead elsewhere by now. A session never changes its server and does not
     * outlive it, so that what both were told when they were opened says enough.
     *
     * @throws StepRefusedException if they are not on one server; nothing was killed
     */
    static void run(MySqlSession session, String statement, MySqlSession victim) {
        if (!session.isOnServerOf(victim)) {
            throw new StepRefusedException(Problem.of(
                    ServerErrorCode.SESSION_ELSEWHERE,
                    victim + " was not killed: another server answers there by now, or the same after a restart"));
        }
        run(session, statement);
    }
}
