// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static dev.sluice.core.preflight.Answers.row;
import static dev.sluice.core.preflight.CheckCase.check;
import static dev.sluice.core.preflight.CheckCase.rule;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.SqlFailures;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** What is about binary logs and about who follows them. */
final class LogCases {
    private static final Situation SHOP = Situation.healthy().plan(plan -> plan.databases("shop"));
    private static final String THIRD = "33333333-3333-3333-3333-333333333333";

    static final List<CheckCase> ALL = List.of(
            rule("log-not-understood", compressing(8, 0, 15), compressing(8, 0, 31)),
            rule("source-not-durable", sourceWith("sync_binlog", "0"), sourceWith("sync_binlog", "1")),
            rule("checksum-off", sourceWith("binlog_checksum", "NONE"), sourceWith("binlog_checksum", "CRC32")),
            rule(
                    "replica-not-crash-safe",
                    replicaWith("relay_log_info_repository", "FILE"),
                    replicaWith("relay_log_info_repository", "TABLE")),
            rule(
                    "single-applier",
                    replicaWith("slave_parallel_workers", "0"),
                    replicaWith("slave_parallel_workers", "4")),
            check("server-ids-equal", SHOP, serverIds("1", "1"), serverIds("1", "2")),
            check("server-id-taken", SHOP, attached(THIRD), attached(Server.REPLICA_UUID)),
            check(
                    "host-blocked",
                    SHOP,
                    live -> live.source.to("host_cache", row("ip", "10.0.0.2", "errors", "120")),
                    live -> {}),
            check(live -> new AccountProof(live.servers()), named(), LogCases::lackingPrivilege, live -> {}),
            check("source-binlog-filter", SHOP, logStatus("orders"), logStatus("")),
            check("session-formats", SHOP, live -> live.source.to("variables_by_thread", session()), live -> {}),
            check("start-gone", startingAt("binlog.000001"), startingAt("binlog.000002"), LogCases::binaryLogs),
            check(
                    "start-data-missing",
                    startingAt("binlog.000002"),
                    databases("shop", "mysql"),
                    databases("shop", "shop")),
            check("live-scope", SHOP.alreadyRunning(), liveFilter("stock.%"), liveFilter("shop.%")),
            check("filter-lost", SHOP.alreadyRunning(), liveFilter(""), liveFilter("shop.%")),
            check("stored-filter", SHOP, storedFilter("stock.%"), storedFilter("shop.%")),
            check("account-shared", ending(), dumping(THIRD), dumping(Server.REPLICA_UUID)),
            check("not-applied", ending(), applied("400"), applied("500")));

    private LogCases() {}

    private static Situation sourceWith(String variable, String value) {
        return Situation.source(Server.source().variable(variable, value));
    }

    private static Situation replicaWith(String variable, String value) {
        return Situation.replica(Server.replica().variable(variable, value));
    }

    private static Situation compressing(int major, int minor, int patch) {
        return Situation.of(
                Server.source().variable("binlog_transaction_compression", "ON"),
                Server.replica().version(major, minor, patch));
    }

    private static Consumer<Live> serverIds(String source, String replica) {
        return live -> {
            live.source.to("server_id", row("id", source));
            live.replica.to("server_id", row("id", replica));
        };
    }

    private static Consumer<Live> attached(String uuid) {
        String id = Long.toString(SHOP.replica().serverId());
        return live -> live.source.to("SHOW REPLICAS", row("Server_Id", id, "Replica_UUID", uuid));
    }

    /** A plan with an account that is on the source. */
    private static Situation named() {
        return Situation.source(Server.source().account("'repl'@'10.0.%'"))
                .plan(plan -> plan.replicationUser("repl", Secret.env("REPL")));
    }

    private static void lackingPrivilege(Live live) {
        live.account.fail(
                "SHOW BINLOG EVENTS",
                SqlFailures.whileReading(
                        new SQLException("you need the REPLICATION SLAVE privilege", "42000", 1227), "the source"));
    }

    private static Consumer<Live> logStatus(String ignored) {
        return live -> live.source.to(
                "STATUS", row("File", "b.1", "Position", "4", "Binlog_Do_DB", "", "Binlog_Ignore_DB", ignored));
    }

    private static Row session() {
        return row("id", "7", "user", "app", "name", "binlog_format", "value", "STATEMENT");
    }

    private static Situation startingAt(String file) {
        Coordinates start =
                new Coordinates(Server.SOURCE_UUID, "", new BinlogPosition(file, 4), null, Instant.EPOCH, "given");
        return Situation.healthy().plan(plan -> plan.startingFrom(start));
    }

    private static void binaryLogs(Live live) {
        live.source.to("SHOW BINARY LOGS", row("Log_name", "binlog.000002", "File_size", "900"));
    }

    private static Consumer<Live> databases(String source, String replica) {
        return live -> {
            live.source.to("SHOW DATABASES", row("Database", source));
            live.replica.to("SHOW DATABASES", row("Database", replica));
        };
    }

    private static Consumer<Live> liveFilter(String patterns) {
        return live -> live.replica.to(
                "SHOW REPLICA STATUS",
                row(
                        "Source_Host",
                        "10.0.0.1",
                        "Source_Port",
                        "3306",
                        "Channel_Name",
                        "",
                        "Replicate_Wild_Do_Table",
                        patterns));
    }

    private static Consumer<Live> storedFilter(String patterns) {
        return live -> live.replica.to(
                "replication_applier_global_filters",
                row("filter_name", "REPLICATE_WILD_DO_TABLE", "filter_rule", patterns));
    }

    private static Situation ending() {
        return Situation.source(Server.source().variable("log_bin", "ON"))
                .ending(EndPlan.of(new TestServer("10.0.0.2"))
                        .source(new TestServer("10.0.0.1"))
                        .dropReplicationUser("sluice_repl", "%"));
    }

    private static Consumer<Live> dumping(String uuid) {
        return live -> live.source
                .to("user_variables_by_thread", row("host", "10.0.0.7", "uuid", uuid))
                .to("@@GLOBAL.performance_schema", row("p", "1"));
    }

    private static Consumer<Live> applied(String position) {
        return live -> {
            live.source
                    .to("server_uuid", row("uuid", Server.SOURCE_UUID, "gtid_mode", "OFF"))
                    .to("STATUS", row("File", "binlog.000001", "Position", "500"));
            live.replica.to(
                    "SHOW REPLICA STATUS",
                    row(
                            "Source_Host",
                            "10.0.0.1",
                            "Source_Port",
                            "3306",
                            "Source_UUID",
                            Server.SOURCE_UUID,
                            "Replica_IO_Running",
                            "Yes",
                            "Replica_SQL_Running",
                            "Yes",
                            "Relay_Source_Log_File",
                            "binlog.000001",
                            "Exec_Source_Log_Pos",
                            position));
        };
    }
}
