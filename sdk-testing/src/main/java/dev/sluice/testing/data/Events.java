// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import dev.sluice.core.mysql.Quote;
import java.sql.SQLException;

/** Events: one that writes every second, disabled ones, ones whose text looks like their own clauses. */
final class Events {
    /** The only table here whose rows change by themselves. */
    static final String TICKS = "event_ticks";

    private static final String FAR_OFF = " ON SCHEDULE EVERY 1 YEAR STARTS '2037-01-01 00:00:00'";

    private Events() {}

    static void create(Script script) throws SQLException {
        script.use(HostileSchema.PLAIN);
        script.run(
                "CREATE TABLE " + TICKS + " (n BIGINT AUTO_INCREMENT PRIMARY KEY, v INT)",
                "CREATE EVENT ticking ON SCHEDULE EVERY 1 SECOND STARTS '2020-01-01 00:00:00' ON COMPLETION PRESERVE ENABLE DO INSERT INTO "
                        + TICKS + " (v) VALUES (1)",
                "CREATE EVENT disabled" + FAR_OFF + " DISABLE DO INSERT INTO " + TICKS + " (v) VALUES (2)",
                "CREATE EVENT disabled_says_enable" + FAR_OFF
                        + " ON COMPLETION NOT PRESERVE DISABLE COMMENT 'ON COMPLETION PRESERVE ENABLE'\n"
                        + "DO BEGIN\n  -- ON COMPLETION PRESERVE ENABLE\n  SET @hostile_text = 'ENABLE DO ON COMPLETION PRESERVE ENABLE';\nEND",
                "CREATE EVENT enabled_says_disable" + FAR_OFF
                        + " ENABLE COMMENT 'it''s ENABLE; DISABLE \\\\ ☃'\nDO BEGIN\n" + Routines.BODY
                        + "  SET @hostile_text = 'ON COMPLETION PRESERVE ENABLE DISABLE ON SLAVE';\nEND",
                "CREATE EVENT once ON SCHEDULE AT '2037-12-31 23:59:59' ON COMPLETION PRESERVE DO DELETE FROM " + TICKS,
                "CREATE EVENT bounded ON SCHEDULE EVERY '1:30' HOUR_MINUTE STARTS '2036-01-01 00:00:00' ENDS '2037-01-01 00:00:00' DO SELECT 1",
                "CREATE DEFINER=`gone`@`nowhere` EVENT by_nobody" + FAR_OFF + " DO SELECT 1");
        script.underMode(
                "ANSI_QUOTES,NO_BACKSLASH_ESCAPES",
                () -> script.run(
                        "CREATE EVENT \"under ansi\"" + FAR_OFF + " DO UPDATE \"" + TICKS + "\" SET v = LENGTH('\\')"));
        script.under(
                "time_zone", "+05:45", () -> script.run("CREATE EVENT in_another_zone" + FAR_OFF + " DO SELECT 1"));
        script.use(HostileSchema.AWKWARD);
        for (String name : AwkwardNames.NAMES) {
            script.run("CREATE EVENT " + Quote.identifier(name) + FAR_OFF + " DISABLE COMMENT " + Quote.literal(name)
                    + " DO SELECT " + Quote.literal(name));
        }
        script.use(HostileSchema.PLAIN);
    }
}
