// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import dev.sluice.core.mysql.Quote;
import java.sql.SQLException;

/** Triggers: several per event in an order of their own, writing elsewhere, under other modes, by definers that do not exist. */
final class Triggers {
    private Triggers() {}

    static void create(Script script) throws SQLException {
        script.use(HostileSchema.PLAIN);
        ordered(script);
        ofNobody(script);
        script.use(HostileSchema.AWKWARD);
        awkward(script);
        script.use(HostileSchema.PLAIN);
    }

    /** Copying the rows with these triggers in place changes them and doubles the log. */
    private static void ordered(Script script) throws SQLException {
        script.run(
                "CREATE TABLE triggered (id INT PRIMARY KEY, t VARCHAR(100))",
                "CREATE TABLE trigger_log (n INT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(200))",
                "CREATE TRIGGER z_first BEFORE INSERT ON triggered FOR EACH ROW SET NEW.t = CONCAT(NEW.t, ' first')",
                "CREATE TRIGGER a_second BEFORE INSERT ON triggered FOR EACH ROW FOLLOWS z_first SET NEW.t = CONCAT(NEW.t, ' second')",
                "CREATE TRIGGER m_zeroth BEFORE INSERT ON triggered FOR EACH ROW PRECEDES z_first SET NEW.t = CONCAT(NEW.t, ' zeroth')",
                "CREATE TRIGGER log_insert AFTER INSERT ON triggered FOR EACH ROW\nBEGIN\n" + Routines.BODY
                        + "  INSERT INTO trigger_log (what) VALUES (CONCAT('insert; ', NEW.t));\nEND",
                "CREATE TRIGGER log_update AFTER UPDATE ON triggered FOR EACH ROW INSERT INTO trigger_log (what) VALUES (CONCAT(OLD.t, '->', NEW.t))",
                "CREATE TRIGGER log_delete AFTER DELETE ON triggered FOR EACH ROW INSERT INTO trigger_log (what) VALUES (CONCAT('gone ', OLD.id))");
        script.underMode(
                "ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES",
                () -> script.run(
                        "CREATE TRIGGER under_ansi BEFORE UPDATE ON \"triggered\" FOR EACH ROW SET NEW.\"t\" = NEW.t || ' \\'"));
        script.run(
                "INSERT INTO triggered VALUES (1, 'one'), (2, 'two'), (3, 'three')",
                "UPDATE triggered SET t = 'changed' WHERE id = 2",
                "DELETE FROM triggered WHERE id = 3");
    }

    /** No row can be inserted into this table any more. */
    private static void ofNobody(Script script) throws SQLException {
        script.run(
                "CREATE TABLE triggered_by_nobody (id INT PRIMARY KEY)",
                "INSERT INTO triggered_by_nobody VALUES (1)",
                "CREATE DEFINER=`gone`@`nowhere` TRIGGER by_nobody BEFORE INSERT ON triggered_by_nobody FOR EACH ROW SET NEW.id = NEW.id + 1");
    }

    private static void awkward(Script script) throws SQLException {
        for (String name : AwkwardNames.NAMES) {
            String quoted = Quote.identifier(name);
            script.run("CREATE TRIGGER " + quoted + " BEFORE UPDATE ON " + quoted + " FOR EACH ROW SET NEW." + quoted
                    + " = " + Quote.literal(name));
        }
    }
}
