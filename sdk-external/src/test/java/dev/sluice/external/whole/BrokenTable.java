// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A replication of {@code shop} in which a row of {@code shop.orders} is missing on the replica, so that the applier has stopped. */
record BrokenTable(Pair pair, ReplicationPlan plan) {
    static final TableName ORDERS = TableName.of("shop", "orders");

    /** Sets the replication up; the tables are there. */
    static BrokenTable of(Pair pair) throws InterruptedException {
        ReplicationPlan plan = pair.plan().databases("shop").replicationUserHost("%");
        pair.run(plan);
        return new BrokenTable(pair, plan);
    }

    CopyTablePlan copy() {
        return CopyTablePlan.of(plan, ORDERS).allow(Consent.TABLE_REPLACEMENT).allow(Consent.TABLE_COPY_LOCK);
    }

    /** Takes a row of the table away from the replica, and has the source change it. */
    void breakIt(int row) {
        takeAway("shop.orders", row);
        pair.source().execute("UPDATE shop.orders SET n = n + 1 WHERE id = " + row);
        awaitError("1032");
    }

    /** The same, and a row of another table is missing, which the source changes after that, so that it stops the applier on its further way. */
    void breakOnTheWay() {
        breakIt(1);
        takeAway("shop.items", 2);
        pair.source().execute("UPDATE shop.items SET n = n + 1 WHERE id = 2");
    }

    /** Puts the row of the other table back as the replica has to have it before that change. */
    void cureOnTheWay() {
        String row = value(pair.source(), "SELECT CONCAT_WS(',', id, QUOTE(v), n - 1) FROM shop.items WHERE id = 2");
        onReplica("INSERT INTO shop.items (id, v, n) VALUES (" + row + ")");
    }

    /** The row is on the source and not on the replica. */
    void takeAway(String table, int row) {
        onReplica("DELETE FROM " + table + " WHERE id = " + row);
    }

    /** As somebody writes on the replica who should not. */
    void onReplica(String statement) {
        boolean protects = is("super_read_only", "1");
        pair.replica().execute("SET GLOBAL super_read_only = OFF", "SET SESSION sql_log_bin = 0", statement);
        if (protects) {
            pair.replica().execute("SET GLOBAL super_read_only = ON");
        }
    }

    void awaitError(String number) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(isApplying()).isFalse();
            assertThat(errors()).contains(List.of(number));
        });
    }

    /** Of all workers: the status may show that of one which only waited for another. */
    private List<List<String>> errors() {
        List<List<String>> all = new ArrayList<>(pair.replica()
                .query("SELECT LAST_ERROR_NUMBER FROM performance_schema.replication_applier_status_by_worker"));
        all.add(List.of(status().getOrDefault("Last_SQL_Errno", "")));
        return all;
    }

    boolean is(String variable, String value) {
        return value(pair.replica(), "SELECT @@GLOBAL." + variable).equals(value);
    }

    /** What the replica shows of its channel, by the labels of its version. */
    Map<String, String> status() {
        boolean isOld = value(pair.replica(), "SELECT VERSION()").matches("5\\..*|8\\.0\\.(\\d|1\\d|2[01])(\\D.*)?");
        try (Connection connection = pair.replica().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(isOld ? "SHOW SLAVE STATUS" : "SHOW REPLICA STATUS")) {
            Map<String, String> status = new TreeMap<>();
            assertThat(row.next()).isTrue();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                status.put(row.getMetaData().getColumnLabel(i), String.valueOf(row.getString(i)));
            }
            return status;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    boolean isApplying() {
        Map<String, String> status = status();
        return "Yes".equals(status.getOrDefault("Replica_SQL_Running", status.get("Slave_SQL_Running")));
    }

    static String value(MySqlServer server, String query) {
        return server.query(query).get(0).get(0);
    }

    boolean hasTable() {
        return !pair.replica().query("SHOW TABLES FROM shop LIKE 'orders'").isEmpty();
    }

    /** The table is missing, nothing leaves its changes out, and the applier stands. */
    void requireMissingAndSafe() {
        assertThat(isApplying()).isFalse();
        assertThat(status().get("Replicate_Ignore_Table")).isEmpty();
        assertThat(hasTable()).isFalse();
    }

    /** What the replica has executed of its own, beside the source's. */
    String ownGtids() {
        String uuid = value(pair.replica(), "SELECT @@GLOBAL.server_uuid");
        return Stream.of(value(pair.replica(), "SELECT @@GLOBAL.gtid_executed").split(","))
                .filter(set -> set.contains(uuid))
                .toList()
                .toString();
    }

    /** Databases of a copy. */
    List<List<String>> leftovers() {
        return pair.replica().query("SHOW DATABASES LIKE 'sluice\\_%\\_%'");
    }

    /** It follows, protected and with its filter, and nothing of a copy is left. */
    void requireWell() {
        var live = pair.sluice().live(plan);
        live.awaitApplied(live.sourceNow(), Duration.ofSeconds(60));
        assertThat(isApplying()).isTrue();
        assertThat(leftovers()).isEmpty();
        assertThat(status().get("Replicate_Ignore_Table")).isEmpty();
        assertThat(status().get("Replicate_Wild_Do_Table")).isEqualTo("shop.%");
        assertThat(is("super_read_only", "1")).isTrue();
        assertThat(live.compareLive().isClean()).as("compared while writing").isTrue();
    }
}
