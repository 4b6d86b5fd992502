// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
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
     * Zero dates, dates that do not exist and a zero in an AUTO_INCREMENT column are let in, since the source has them. The first one
     * makes whatever else does not fit an error or a warning, both of which fail the unit.
     */
    static final String SQL_MODE = "STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION";

    /** The same, without what lets no error value of an ENUM in. */
    static final String LAX_SQL_MODE = "NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION";

    /**
     * Unique keys are checked: without that, duplicates of a secondary key can come in unseen.
     */
    static final String BASICS =
            "SET SESSION foreign_key_checks = 0, SESSION unique_checks = 1, SESSION sql_mode = '" + SQL_MODE + "'";

    MySqlSession open(Cancellation cancellation) {
        cancellation.check();
        MySqlSession session = replica.open(SessionUse.WRITER);
        try {
            session.execute(BASICS);
            if (request.binlog() == CopyRequest.ReplicaBinlog.SKIPPED_WHERE_ALLOWED) {
                takes(session, request.unlogging());
            }
            optional(session.version()).forEach(setting -> takes(session, "SET SESSION " + setting));
            // Once more: from 8.0.11 on it depends on the collation that was just set.
            session.execute("SET NAMES utf8mb4");
            return session;
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    /** The same with what leaves the replica's own log out, for programs that can only set variables. */
    List<String> variables(ServerVersion version) {
        List<String> settings = new ArrayList<>(optional(version));
        if (request.binlog() == CopyRequest.ReplicaBinlog.SKIPPED_WHERE_ALLOWED) {
            settings.add(0, "sql_log_bin = 0");
        }
        return settings;
    }

    /** Settings that a user may not be allowed to set, as far as this version has them; without them it goes on. */
    List<String> optional(ServerVersion version) {
        List<String> settings = new ArrayList<>();
        // Warnings are all kept, since some are looked at one by one; their number is exact without.
        settings.add("max_error_count = 65535");
        settings.add("sql_notes = 1");
        // What the source once let in must be let in: a row format that InnoDB ignores, rows that may become too long.
        settings.add("innodb_strict_mode = 0");
        // Otherwise a TIMESTAMP without DEFAULT gets one.
        settings.add("explicit_defaults_for_timestamp = 1");
        if (version.isAtLeast(8, 0, 11)) {
            settings.add("default_collation_for_utf8mb4 = " + Quote.literal(utf8mb4Collation));
        }
        if (version.isAtLeast(8, 0, 13)) {
            settings.add("sql_require_primary_key = 0");
        }
        if (version.isAtLeast(8, 0, 30)) {
            settings.add("sql_generate_invisible_primary_key = 0");
        }
        if (version.isAtLeast(8, 4, 0)) {
            settings.add("restrict_fk_on_non_standard_key = 0");
        }
        return settings;
    }

    /** Whether the server lets this user set it. What depends on it fails with an error of its own. */
    static boolean takes(MySqlSession session, String setting) {
        try {
            session.execute(setting);
            return true;
        } catch (StepRefusedException notAllowed) {
            return false;
        }
    }
}
