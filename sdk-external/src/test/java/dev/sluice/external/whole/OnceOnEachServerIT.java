// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.ServerOptions;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What triggers and cascades do is there once on either server, whichever layer of the server does it: no check has to look for it.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/9.7/en/replication-features-foreign-keys.html">MySQL: replication and foreign keys</a>
 */
@Timeout(120)
class OnceOnEachServerIT {
    private static Pair pair(MySqlRelease source, String onSource, MySqlRelease replica, String onReplica) {
        return Pair.of(source, options -> layer(options, onSource), replica, options -> layer(options, onReplica));
    }

    /** From 9.6 on the SQL layer does cascades, and logs them, unless InnoDB is told to do them. */
    private static ServerOptions layer(ServerOptions options, String nativeKeys) {
        return nativeKeys.isEmpty() ? options.gtid() : options.gtid().setting("innodb_native_foreign_keys", nativeKeys);
    }

    @ParameterizedTest
    @CsvSource({
        "MYSQL_8_0_31, '', MYSQL_8_0_31, ''",
        "MYSQL_9, OFF, MYSQL_9, ON",
        "MYSQL_9, ON, MYSQL_9, OFF",
    })
    void triggersAndCascadesHaveTheirEffectOnce(
            MySqlRelease source, String onSource, MySqlRelease replica, String onReplica) throws Exception {
        try (Pair pair = pair(source, onSource, replica, onReplica)) {
            pair.source()
                    .execute(
                            "SET GLOBAL log_bin_trust_function_creators = ON",
                            "CREATE DATABASE shop",
                            "CREATE TABLE shop.orders (id INT PRIMARY KEY)",
                            "CREATE TABLE shop.items (id INT PRIMARY KEY, o INT,"
                                    + " FOREIGN KEY (o) REFERENCES shop.orders (id) ON DELETE CASCADE ON UPDATE CASCADE)",
                            "CREATE TABLE shop.told (id INT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(20))",
                            "CREATE TRIGGER shop.added AFTER INSERT ON shop.items FOR EACH ROW"
                                    + " INSERT INTO shop.told (what) VALUES (CONCAT('added ', NEW.id))",
                            "CREATE TRIGGER shop.gone AFTER DELETE ON shop.orders FOR EACH ROW"
                                    + " INSERT INTO shop.told (what) VALUES (CONCAT('gone ', OLD.id))",
                            "INSERT INTO shop.orders VALUES (1), (2), (3)",
                            "INSERT INTO shop.items VALUES (10, 1), (11, 1), (20, 2)");
            pair.replica().execute("SET GLOBAL log_bin_trust_function_creators = ON");
            ReplicationPlan plan = pair.plan().databases("shop");
            pair.run(plan);

            pair.source()
                    .execute(
                            "INSERT INTO shop.items VALUES (30, 3)",
                            "UPDATE shop.orders SET id = 4 WHERE id = 3",
                            "DELETE FROM shop.orders WHERE id = 1");

            assertThat(pair.compare(plan).isClean()).isTrue();
            assertThat(pair.replica().query("SELECT what FROM shop.told ORDER BY id"))
                    .containsExactly(
                            List.of("added 10"),
                            List.of("added 11"),
                            List.of("added 20"),
                            List.of("added 30"),
                            List.of("gone 1"));
            assertThat(pair.replica().query("SELECT id, o FROM shop.items ORDER BY id"))
                    .containsExactly(List.of("20", "2"), List.of("30", "4"));
        }
    }
}
