// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import dev.sluice.core.mysql.Quote;
import java.sql.SQLException;

/** Foreign keys: to the own table, in circles, across databases in both directions, with every action. */
final class ForeignKeyCycles {
    private static final String PLAIN = Quote.identifier(HostileSchema.PLAIN);
    private static final String AWKWARD = Quote.identifier(HostileSchema.AWKWARD);

    private ForeignKeyCycles() {}

    static void create(Script script) throws SQLException {
        script.use(HostileSchema.PLAIN);
        selfReference(script);
        circle(script);
        actions(script);
        script.withoutForeignKeyChecks(() -> acrossDatabases(script));
    }

    private static void selfReference(Script script) throws SQLException {
        script.run(
                "CREATE TABLE fk_self (id INT PRIMARY KEY, parent INT, CONSTRAINT fk_self_parent FOREIGN KEY (parent) REFERENCES fk_self (id) ON DELETE CASCADE)",
                "INSERT INTO fk_self VALUES (10, NULL), (5, 10), (1, 5), (20, 20)",
                "UPDATE fk_self SET parent = 1 WHERE id = 10");
    }

    private static void circle(Script script) throws SQLException {
        script.run(
                "CREATE TABLE fk_circle_a (id INT PRIMARY KEY, c INT)",
                "CREATE TABLE fk_circle_b (id INT PRIMARY KEY, a INT, FOREIGN KEY (a) REFERENCES fk_circle_a (id))",
                "CREATE TABLE fk_circle_c (id INT PRIMARY KEY, b INT, FOREIGN KEY (b) REFERENCES fk_circle_b (id))",
                "INSERT INTO fk_circle_a VALUES (1, NULL), (2, NULL)",
                "INSERT INTO fk_circle_b VALUES (1, 1), (2, NULL)",
                "INSERT INTO fk_circle_c VALUES (1, 1), (2, 2)",
                "ALTER TABLE fk_circle_a ADD CONSTRAINT `fk 'circle' \"☃\"` FOREIGN KEY (c) REFERENCES fk_circle_c (id)",
                "UPDATE fk_circle_a SET c = 1 WHERE id = 1");
    }

    private static void actions(Script script) throws SQLException {
        script.run(
                "CREATE TABLE fk_z_parent (a INT, b VARCHAR(10), PRIMARY KEY (a, b))",
                "INSERT INTO fk_z_parent VALUES (1, 'x'), (2, 'y')",
                """
                CREATE TABLE fk_a_child (id INT PRIMARY KEY, a INT, b VARCHAR(10), a2 INT, b2 VARCHAR(10),
                  FOREIGN KEY (a, b) REFERENCES fk_z_parent (a, b) ON UPDATE CASCADE ON DELETE SET NULL,
                  FOREIGN KEY (a2, b2) REFERENCES fk_z_parent (a, b) ON UPDATE NO ACTION ON DELETE RESTRICT)""",
                "INSERT INTO fk_a_child VALUES (1, 1, 'x', 2, 'y'), (2, NULL, NULL, NULL, NULL), (3, 1, NULL, NULL, 'none')");
    }

    private static void acrossDatabases(Script script) throws SQLException {
        String here = PLAIN + ".fk_across";
        String there = AWKWARD + ".`fk across`";
        script.run(
                "CREATE TABLE " + here
                        + " (id INT PRIMARY KEY, far INT, CONSTRAINT fk_to_awkward FOREIGN KEY (far) REFERENCES "
                        + there + " (`i d`))",
                "CREATE TABLE " + there
                        + " (`i d` INT PRIMARY KEY, `f``ar` INT, CONSTRAINT `fk.to.plain` FOREIGN KEY (`f``ar`) REFERENCES "
                        + here + " (id))",
                "INSERT INTO " + here + " VALUES (1, 2), (2, NULL)",
                "INSERT INTO " + there + " VALUES (2, 1), (1, NULL)");
    }
}
