// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What must not remain of a run, whatever happened to it: sessions, locks, read-only, raised retention, accounts, settings, objects. */
final class NothingLeft {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Of tables of these databases nothing is told: they are the servers' own. */
    private static final String OBJECTS =
            "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA NOT IN"
                    + " ('mysql', 'sys', 'information_schema', 'performance_schema') ORDER BY 1, 2";

    private static final String ACCOUNTS = "SELECT User, Host FROM mysql.user ORDER BY 1, 2";
    private static final String CHANNELS = "SHOW REPLICA STATUS";
    private static final String FILTERS =
            "SELECT FILTER_NAME, FILTER_RULE FROM performance_schema.replication_applier_global_filters"
                    + " WHERE FILTER_RULE <> ''";
    private static final String PERSISTED =
            "SELECT VARIABLE_NAME FROM performance_schema.persisted_variables ORDER BY 1";

    /**
     * What was executed cannot be taken back; a file's name and the room for connections are the tests' own; and what a server has read from
     * its persisted settings when it started stays until it starts again, though they are gone.
     */
    private static final Set<String> NOT_THE_RUNS = Set.of(
            "gtid_executed",
            "gtid_owned",
            "gtid_purged",
            "innodb_data_file_path",
            "max_connections",
            "skip_replica_start",
            "skip_slave_start");

    private final MySqlServer source;
    private final MySqlServer replica;
    private final List<String> sourceVariables;
    private final List<String> replicaVariables;
    private final List<String> sourceObjects;
    private final List<String> replicaObjects;

    private NothingLeft(MySqlServer source, MySqlServer replica) {
        this.source = source;
        this.replica = replica;
        this.sourceVariables = variables(source);
        this.replicaVariables = variables(replica);
        this.sourceObjects = objects(source);
        this.replicaObjects = objects(replica);
    }

    /** What is there now, before the run, may be there after it. */
    static NothingLeft since(MySqlServer source, MySqlServer replica) {
        return new NothingLeft(source, replica);
    }

    /** The run is done: the replica is the source's copy, and nothing but the replication account is new on the source. */
    void afterSuccess() {
        nothingHeld();
        assertThat(variables(source)).isEqualTo(sourceVariables);
        List<String> more = new ArrayList<>(objects(source));
        more.removeAll(sourceObjects);
        assertThat(more)
                .filteredOn(line -> !line.startsWith("persisted"))
                .singleElement()
                .asString()
                .startsWith("account [sluice");
        assertThat(objects(source)).containsAll(sourceObjects);
        List<String> accounts = new ArrayList<>(objects(replica));
        accounts.removeIf(line -> !line.startsWith("account") || replicaObjects.contains(line));
        assertThat(accounts).as("accounts on the replica").isEmpty();
        for (String table : List.of("shop.small", "shop.big")) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(replica.query("CHECKSUM TABLE " + table))
                            .isEqualTo(source.query("CHECKSUM TABLE " + table)));
        }
    }

    /** The run was taken back: both servers are as they were. */
    void afterAbandon() {
        nothingHeld();
        onSource();
        onReplica();
    }

    /** The source is as it was. */
    void onSource() {
        assertThat(variables(source)).isEqualTo(sourceVariables);
        assertThat(objects(source)).isEqualTo(sourceObjects);
    }

    /** The replica is as it was. */
    void onReplica() {
        assertThat(variables(replica)).isEqualTo(replicaVariables);
        assertThat(objects(replica)).isEqualTo(replicaObjects);
    }

    /** No session, so that there is no lock and no transaction, and a source that takes writes and definitions. */
    void nothingHeld() {
        for (MySqlServer server : List.of(source, replica)) {
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(server.query("SELECT DISTINCT PROCESSLIST_ID FROM performance_schema.session_connect_attrs"
                                + " WHERE ATTR_NAME = 'sluice_run'"))
                        .as("sessions")
                        .isEmpty();
                assertThat(server.query("SELECT OBJECT_NAME FROM performance_schema.metadata_locks"
                                + " WHERE OBJECT_TYPE IN ('USER LEVEL LOCK', 'BACKUP LOCK', 'GLOBAL')"
                                + " AND LOCK_DURATION = 'EXPLICIT'"))
                        .as("locks")
                        .isEmpty();
            });
        }
        assertThat(source.query("SELECT @@GLOBAL.read_only, @@GLOBAL.super_read_only")
                        .toString())
                .isEqualTo("[[0, 0]]");
        source.execute(
                "SET SESSION lock_wait_timeout = 2",
                "SET SESSION innodb_lock_wait_timeout = 2",
                "UPDATE shop.small SET v = CONCAT(v, '.') WHERE id = 1",
                "UPDATE shop.small SET v = 'a' WHERE id = 1",
                "ALTER TABLE shop.small COMMENT = 'writable'",
                "ALTER TABLE shop.small COMMENT = ''");
    }

    private static List<String> variables(MySqlServer server) {
        List<String> lines = new ArrayList<>();
        server.query("SHOW GLOBAL VARIABLES").stream()
                .filter(row -> !NOT_THE_RUNS.contains(row.get(0)))
                .forEach(row -> lines.add(row.toString()));
        return lines;
    }

    private static List<String> objects(MySqlServer server) {
        List<String> lines = new ArrayList<>();
        add(lines, "object", server, OBJECTS);
        add(lines, "account", server, ACCOUNTS);
        add(lines, "channel", server, CHANNELS);
        add(lines, "filter", server, FILTERS);
        add(lines, "persisted", server, PERSISTED);
        return lines;
    }

    private static void add(List<String> lines, String what, MySqlServer server, String query) {
        server.query(query).forEach(row -> lines.add(what + " " + row));
    }
}
