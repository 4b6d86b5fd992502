// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.awaitility.Awaitility.await;

import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;

/** Brings replicas into trouble, and waits until they are in it or out of it again. */
final class Stuck {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Stuck() {}

    /** The applier stops at a row of {@code shop.item} that the replica has already; after it comes another one. */
    static void atRow(MySqlServer source, MySqlServer replica, int id) {
        replica.execute("SET SESSION sql_log_bin = 0", "INSERT INTO shop.item (id) VALUES (" + id + ")");
        source.execute("INSERT INTO shop.item (id) VALUES (" + id + ")");
        source.execute("INSERT INTO shop.item (id) VALUES (" + (id + 1) + ")");
        awaitSome(
                replica,
                "SELECT 1 FROM performance_schema.replication_applier_status_by_worker WHERE LAST_ERROR_NUMBER <> 0");
    }

    /**
     * The receiver stops at a log file that the source has removed; the next file has another row of {@code shop.item}.
     *
     * @return the number of the removed file
     */
    static int atRemovedLog(MySqlServer source, MySqlServer replica, int id) {
        String slave = replica.release() == MySqlRelease.MYSQL_5_7 ? "SLAVE" : "REPLICA";
        replica.execute("STOP " + slave);
        int removed = currentLog(source);
        source.execute("FLUSH BINARY LOGS");
        source.execute("INSERT INTO shop.item (id) VALUES (" + id + ")");
        source.execute("PURGE BINARY LOGS TO '" + file(source) + "'");
        replica.execute("START " + slave);
        awaitSome(
                replica,
                "SELECT 1 FROM performance_schema.replication_connection_status"
                        + " WHERE LAST_ERROR_NUMBER <> 0 AND SERVICE_STATE = 'OFF'");
        return removed;
    }

    private static int currentLog(MySqlServer source) {
        String file = file(source);
        return Integer.parseInt(file.substring(file.lastIndexOf('.') + 1));
    }

    static String file(MySqlServer source) {
        return position(source, 0);
    }

    static long position(MySqlServer source) {
        return Long.parseLong(position(source, 1));
    }

    private static String position(MySqlServer source, int column) {
        String status = source.release() == MySqlRelease.MYSQL_9 ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
        return String.valueOf(source.query(status).get(0).get(column));
    }

    static void awaitRow(MySqlServer replica, int id) {
        awaitSome(replica, "SELECT 1 FROM shop.item WHERE id = " + id);
    }

    static void awaitSome(MySqlServer server, String query) {
        await().atMost(PATIENCE).until(() -> !server.query(query).isEmpty());
    }
}
