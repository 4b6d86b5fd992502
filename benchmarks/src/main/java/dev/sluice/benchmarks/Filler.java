// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Fills tables inside the server. Not thread-safe: one session. */
final class Filler implements AutoCloseable {
    private static final int FIRST_ROWS = 1_000;

    /** Of a text of {@link #hash}. */
    private static final int HASH_LENGTH = 40;

    private final Connection connection;
    private final Statement statement;

    private Filler(Connection connection) throws SQLException {
        this.connection = connection;
        this.statement = connection.createStatement();
    }

    static Filler on(MySqlServer source) throws SQLException {
        Filler filler = new Filler(source.connect());
        filler.run("SET sql_log_bin = 0");
        filler.run("SET SESSION cte_max_recursion_depth = 1000000");
        return filler;
    }

    /** SQL for {@value #HASH_LENGTH} characters that look random and are always the same. */
    static String hash(String expression) {
        return hash(expression, HASH_LENGTH);
    }

    /** The same of so many characters, 64 at most; not by SHA1(), which MySQL 9 does not have. */
    static String hash(String expression, int length) {
        return "LEFT(SHA2(" + expression + ", 256), " + length + ")";
    }

    static void freshDatabase(MySqlServer source) throws SQLException {
        try (Filler filler = on(source)) {
            filler.run("DROP DATABASE IF EXISTS " + BenchCommand.DATABASE);
            filler.run("CREATE DATABASE " + BenchCommand.DATABASE + " CHARACTER SET utf8mb4");
        }
    }

    void run(String sql) throws SQLException {
        statement.execute(sql);
    }

    /**
     * Inserts rows with the ids 1 to {@code rows}, each time as many as there are.
     *
     * @param columns after the id
     * @param values made from {@code id}
     */
    void fill(String table, String columns, String values, long rows) throws SQLException {
        String name = BenchCommand.DATABASE + "." + table;
        String into = "INSERT INTO " + name + " (id, " + columns + ") ";
        long filled = Math.min(FIRST_ROWS, rows);
        run(into + "WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < " + filled
                + ") SELECT id, " + values + " FROM n");
        while (filled < rows) {
            long more = Math.min(filled, rows - filled);
            run(into + "SELECT id, " + values + " FROM (SELECT id + " + filled + " AS id FROM " + name + " WHERE id <= "
                    + more + ") n");
            filled += more;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
