// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.SessionUse;

/** Opens sessions on the replica that take what the source stored as it was stored. */
record TargetSession(MySqlConnector replica, CopyRequest request, String utf8mb4Collation) {
    /**
     * STRICT_ALL_TABLES makes whatever does not fit an error or a warning, both of which fail the unit; zero dates and a zero in an
     * AUTO_INCREMENT column are let in, since the source has them.
     */
    static final String SQL_MODE = "STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION";

    MySqlSession open(Cancellation cancellation) {
        cancellation.check();
        MySqlSession session = replica.open(SessionUse.WRITER);
        try {
            session.execute("SET SESSION foreign_key_checks = 0, SESSION unique_checks = 0, SESSION sql_mode = '"
                    + SQL_MODE + "'");
            if (request.binlog() == CopyRequest.ReplicaBinlog.SKIPPED_WHERE_ALLOWED) {
                where(session, "SET SESSION sql_log_bin = 0");
            }
            where(session, "SET SESSION default_collation_for_utf8mb4 = " + Quote.literal(utf8mb4Collation));
            where(session, "SET SESSION sql_require_primary_key = 0");
            where(session, "SET SESSION sql_generate_invisible_primary_key = 0");
            return session;
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    /** Each setting is asked for once: a server that does not have it, or a user who may not, goes on without. */
    private static void where(MySqlSession session, String setting) {
        try {
            session.execute(setting);
        } catch (StepRefusedException notHere) {
            // Without sql_log_bin the load is logged; without the others the server has no such restriction to lift.
            assert !notHere.problems().isEmpty();
        }
    }
}
