// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.load;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/** A small shop in a database {@code shop}, and the application that sells in it: one table, changed all the time. */
public final class Shop {
    private Shop() {}

    /** Makes the database with some thirty rows. */
    public static void open(MySqlServer server) {
        server.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.item (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50), stock INT)",
                "INSERT INTO shop.item (name, stock) VALUES ('a', 1), ('b', 2), (NULL, 3)",
                "INSERT INTO shop.item (name, stock)"
                        + " SELECT x.name, y.stock FROM shop.item x, shop.item y, shop.item z");
    }

    /** Begins to insert and update rows; the caller closes it. */
    public static Writers sells(MySqlServer server) throws SQLException {
        return Writers.start(server::connect, Shop::sale);
    }

    private static Writers.Transaction sale(Connection connection) throws SQLException {
        PreparedStatement insert = connection.prepareStatement("INSERT INTO shop.item (name, stock) VALUES (?, 1)");
        PreparedStatement update = connection.prepareStatement("UPDATE shop.item SET stock = stock + 1 WHERE id = ?");
        return (Random random) -> {
            insert.setString(1, "n" + random.nextInt(1000));
            insert.executeUpdate();
            update.setInt(1, 1 + random.nextInt(30));
            update.executeUpdate();
        };
    }

    /** What is in it, in short: equal for equal rows. */
    public static List<Object> stock(MySqlServer server) {
        return List.copyOf(server.query("SELECT COUNT(*), SUM(CRC32(CONCAT_WS(',', id, name, stock))) FROM shop.item")
                .get(0));
    }
}
