// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.testing.load.Writers;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;

/** What the demo's shop does all the time: a purchase, and now and then a cancellation or a line in the audit. */
record DemoWriter(PreparedStatement insert, PreparedStatement update, PreparedStatement delete, PreparedStatement audit)
        implements Writers.Transaction {
    /** The statements end with their connection. */
    static DemoWriter on(Connection connection) throws SQLException {
        String shop = DemoData.DATABASE;
        return new DemoWriter(
                connection.prepareStatement(
                        "INSERT INTO " + shop + ".purchase (customer, placed, total, note) VALUES (?, NOW(3), ?, ?)"),
                connection.prepareStatement("UPDATE " + shop + ".customer SET balance = balance + ? WHERE id = ?"),
                connection.prepareStatement("DELETE FROM " + shop + ".purchase WHERE id = ?"),
                connection.prepareStatement("INSERT INTO " + shop + ".audit VALUES (NOW(6), ?)"));
    }

    @Override
    public void run(Random random) throws SQLException {
        int customer = 1 + random.nextInt(1_000);
        insert.setInt(1, customer);
        insert.setBigDecimal(2, BigDecimal.valueOf(random.nextInt(100_000), 2));
        insert.setString(3, "written live \uD83C\uDF0A " + random.nextInt());
        insert.executeUpdate();
        update.setInt(1, 1);
        update.setInt(2, customer);
        update.executeUpdate();
        if (random.nextInt(4) == 0) {
            delete.setLong(1, 1 + random.nextInt(50_000));
            delete.executeUpdate();
        }
        if (random.nextInt(3) == 0) {
            audit.setString(1, "purchase of " + customer);
            audit.executeUpdate();
        }
    }
}
