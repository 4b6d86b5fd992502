// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import dev.sluice.core.mysql.Quote;
import java.sql.SQLException;

/** Views on views in an order that the alphabet breaks, across databases, calling functions, by definers that do not exist. */
final class Views {
    private Views() {}

    static void create(Script script) throws SQLException {
        script.use(HostileSchema.PLAIN);
        onEachOther(script);
        special(script);
        script.use(HostileSchema.AWKWARD);
        awkward(script);
    }

    private static void onEachOther(Script script) throws SQLException {
        script.run(
                "CREATE VIEW z_base AS SELECT id, v FROM auto_gaps WHERE v <> 4",
                "CREATE VIEW m_middle AS SELECT id, v, doubled(v) AS twice FROM z_base",
                "CREATE VIEW a_top AS SELECT m.id, m.twice, z.v FROM m_middle m JOIN z_base z ON z.id = m.id",
                "CREATE VIEW a_across AS SELECT `i d`, `f``ar` FROM " + Quote.identifier(HostileSchema.AWKWARD)
                        + ".`fk across`");
    }

    private static void special(Script script) throws SQLException {
        script.run(
                "CREATE DEFINER=`gone`@`nowhere` SQL SECURITY INVOKER VIEW v_invoked_by_anybody AS SELECT id FROM integers",
                "CREATE DEFINER=`gone`@`nowhere` SQL SECURITY DEFINER VIEW v_by_nobody AS SELECT id FROM integers",
                "CREATE ALGORITHM=TEMPTABLE VIEW v_grouped AS SELECT a, COUNT(*) AS `COUNT(*)`, 'it''s \\\\ ; ☃' AS `it's` FROM no_key GROUP BY a",
                "CREATE ALGORITHM=MERGE VIEW v_checked AS SELECT id, v FROM auto_gaps WHERE id > 0 WITH LOCAL CHECK OPTION",
                "CREATE VIEW v_checked_again AS SELECT id, v FROM v_checked WHERE id < 100 WITH CASCADED CHECK OPTION",
                "CREATE VIEW v_without_tables (`a b`, `select`) AS SELECT 1, CAST('x' AS CHAR(5)) UNION ALL SELECT 2, NULL");
        script.underMode(
                "ANSI_QUOTES,PIPES_AS_CONCAT",
                () -> script.run("CREATE VIEW v_ansi AS SELECT \"id\", 'a' || 'b' AS \"a\"\"b\" FROM \"integers\""));
        script.under(
                "collation_connection",
                "utf8mb4_bin",
                () -> script.run("CREATE VIEW v_collation AS SELECT 'a' = 'A' AS same, 'x' AS t"));
        if (script.since(8, 0, 1)) {
            script.run("""
                    CREATE VIEW v_recursive AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5)
                      SELECT i, ROW_NUMBER() OVER (ORDER BY i DESC) AS r FROM n""");
        }
    }

    private static void awkward(Script script) throws SQLException {
        for (String name : AwkwardNames.NAMES) {
            if (name.length() < 60) {
                String table = Quote.identifier(name);
                script.run("CREATE VIEW " + Quote.identifier("v " + name) + " AS SELECT id, " + table + " AS "
                        + Quote.identifier("c " + name) + " FROM " + table);
            }
        }
        script.run("CREATE VIEW `a view` AS SELECT " + Quote.identifier(HostileSchema.PLAIN)
                + ".doubled(id) AS `do.ubled` FROM `v it's`");
    }
}
