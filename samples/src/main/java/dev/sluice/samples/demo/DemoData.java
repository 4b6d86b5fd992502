// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A small shop: what the copy moves in bulk and the writer writes to. */
final class DemoData {
    static final String DATABASE = "sluice_demo";

    private static final int FIRST_BATCH = 1_000;

    private DemoData() {}

    /** Fails if it is there already: somebody else's is not touched. */
    static void createDatabase(Connection source) throws SQLException {
        try (Statement statement = source.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE + " CHARACTER SET utf8mb4");
        }
    }

    static void fill(Connection source, long rows) throws SQLException {
        try (Statement statement = source.createStatement()) {
            for (String sql : List.of(
                    "CREATE TABLE " + DATABASE + ".customer (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                            + " name VARCHAR(80) NOT NULL, balance DECIMAL(12,2) NOT NULL DEFAULT 0,"
                            + " changed TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))",
                    "CREATE TABLE " + DATABASE + ".purchase (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                            + " customer INT UNSIGNED NOT NULL, placed DATETIME(3) NOT NULL, total DECIMAL(10,2) NOT NULL,"
                            + " note VARCHAR(200), KEY by_customer (customer),"
                            + " CONSTRAINT of_customer FOREIGN KEY (customer) REFERENCES customer (id))",
                    "CREATE TABLE " + DATABASE + ".audit (at DATETIME(6) NOT NULL, what VARCHAR(100) NOT NULL)")) {
                statement.execute(sql);
            }
        }
        fillCustomers(source);
        fillPurchases(source, rows);
    }

    private static void fillCustomers(Connection source) throws SQLException {
        try (PreparedStatement insert =
                source.prepareStatement("INSERT INTO " + DATABASE + ".customer (name) VALUES (?)")) {
            source.setAutoCommit(false);
            for (int i = 1; i <= FIRST_BATCH; i++) {
                insert.setString(1, "Customer № " + i + " \uD83D\uDE80");
                insert.addBatch();
            }
            insert.executeBatch();
            source.commit();
        } finally {
            source.setAutoCommit(true);
        }
    }

    /** Doubles what is there, inside the server, until there is enough. */
    private static void fillPurchases(Connection source, long rows) throws SQLException {
        String into = "INSERT INTO " + DATABASE + ".purchase (customer, placed, total, note) ";
        try (Statement statement = source.createStatement()) {
            long filled = statement.executeLargeUpdate(
                    into + "SELECT id, NOW(3), id * 1.23, CONCAT('first purchase of ', name)" + " FROM " + DATABASE
                            + ".customer");
            while (filled < rows) {
                filled += statement.executeLargeUpdate(
                        into + "SELECT customer, placed - INTERVAL id SECOND, total + 0.01, note" + " FROM " + DATABASE
                                + ".purchase LIMIT " + Math.min(filled, rows - filled));
            }
        }
    }

    static long rows(Connection server) throws SQLException {
        try (Statement statement = server.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + DATABASE + ".purchase")) {
            result.next();
            return result.getLong(1);
        }
    }

    static void drop(Connection server) throws SQLException {
        try (Statement statement = server.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + DATABASE);
        }
    }
}
