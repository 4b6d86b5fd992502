// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.SessionUse;
import java.util.ArrayList;
import java.util.List;

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
            session.execute("SET SESSION foreign_key_checks = 0, SESSION unique_checks = 1, SESSION sql_mode = '"
                    + SQL_MODE + "'");
            optional().forEach(setting -> takes(session, "SET SESSION " + setting));
            return session;
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    /** Settings that a server may not have, or a user may not set; without them it goes on. */
    List<String> optional() {
        List<String> settings = new ArrayList<>();
        if (request.binlog() == CopyRequest.ReplicaBinlog.SKIPPED_WHERE_ALLOWED) {
            settings.add("sql_log_bin = 0");
        }
        settings.add("default_collation_for_utf8mb4 = " + Quote.literal(utf8mb4Collation));
        settings.add("sql_require_primary_key = 0");
        settings.add("sql_generate_invisible_primary_key = 0");
        return settings;
    }

    /** Without sql_log_bin the load is logged; without the others the server has no such restriction to lift. */
    static boolean takes(MySqlSession session, String setting) {
        try {
            session.execute(setting);
            return true;
        } catch (StepRefusedException notHere) {
            return false;
        }
    }
}
