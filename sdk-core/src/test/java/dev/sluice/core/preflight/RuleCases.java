// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static dev.sluice.core.preflight.CheckCase.rule;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.plan.ReplicationPlan;
import java.time.Instant;
import java.util.List;

/** The rules about who the servers are, what a plan asks of them, and how they are set. */
final class RuleCases {
    private static final String THIRD = "33333333-3333-3333-3333-333333333333";

    static final List<CheckCase> ALL = List.of(
            rule("created-replica", created(Situation.healthy()), created(expected())),
            rule("same-server", Situation.replica(Server.replicaThatIsTheSource()), Situation.healthy()),
            rule("circle", relayOf("10.0.0.2", Server.REPLICA_UUID), relayOf("10.0.0.9", THIRD)),
            rule(
                    "replica-follows-another",
                    following(THIRD),
                    following(Server.SOURCE_UUID).alreadyRunning()),
            rule("no-tls", plain(), plain().plan(ReplicationPlan::allowPlainText)),
            rule("source-newer", versions(8, 4, 5, 8, 0, 31), versions(8, 0, 31, 8, 4, 5)),
            rule(
                    "pair-not-adjacent",
                    versions(8, 0, 33, 9, 7, 4),
                    versions(8, 0, 33, 9, 7, 4).plan(ReplicationPlan::allowUnsupportedPair)),
            rule(
                    "gtid-not-on",
                    modes("ON", "OFF").plan(ReplicationPlan::withGtid),
                    modes("ON", "ON").plan(ReplicationPlan::withGtid)),
            rule("gtid-modes-clash", modes("ON", "OFF"), modes("ON", "ON")),
            rule("gtid-modes-loose", modes("ON_PERMISSIVE", "ON"), modes("ON", "ON")),
            rule(
                    "gtid-consistency",
                    Situation.replica(Server.replica().variable("enforce_gtid_consistency", "ON")),
                    Situation.healthy()),
            rule("replica-ahead", executed(Server.SOURCE_UUID + ":1-7"), executed(Server.SOURCE_UUID + ":1-5")),
            rule("own-transactions", executed(Server.REPLICA_UUID + ":1-3"), executed(Server.SOURCE_UUID + ":1-5")),
            rule("relay-not-logged", relay("log_replica_updates", "OFF"), relay("log_replica_updates", "ON")),
            rule("relay-order", relay("replica_parallel_workers", "4"), relay("replica_parallel_workers", "1")),
            rule("foreign-start", starting(THIRD, ""), starting(Server.SOURCE_UUID, "")),
            rule(
                    "start-without-gtids",
                    starting(Server.SOURCE_UUID, ""),
                    starting(Server.SOURCE_UUID, Server.SOURCE_UUID + ":1-9")),
            rule(
                    "scope-empty",
                    Situation.healthy().plan(plan -> plan.databases("shop").withoutDatabases("shop")),
                    Situation.healthy().plan(plan -> plan.databases("shop"))),
            rule(
                    "database-unknown",
                    Situation.healthy().plan(plan -> plan.databases("shop")),
                    Situation.source(Server.source().databases("shop")).plan(plan -> plan.databases("shop"))),
            rule("name-case", replicaWith("lower_case_table_names", "1"), replicaWith("lower_case_table_names", "0")),
            rule(
                    "not-transactional",
                    Situation.source(Server.source().table("shop", "log", "MyISAM")),
                    Situation.source(Server.source().table("shop", "log", "MyISAM"))
                            .plan(plan -> plan.databases("stock"))),
            rule(
                    "replica-read-only",
                    Situation.replica(Server.replica()
                            .variable("read_only", "ON")
                            .grants("GRANT INSERT ON *.* TO `migrator`@`%`")),
                    replicaWith("read_only", "ON")),
            rule("account-host-by-name", accountAt("db2.corp.example"), accountAt("10.0.%")),
            rule("source-patch-newer", versions(8, 0, 33, 8, 0, 31), versions(8, 0, 31, 8, 0, 31)),
            rule("packet-smaller", replicaWith("max_allowed_packet", "4194304"), Situation.healthy()),
            rule("default-engine", replicaWith("default_storage_engine", "MyISAM"), Situation.healthy()),
            rule("passwords-in-log", byProcedure("general_log", "ON"), byProcedure("general_log", "OFF")),
            rule(
                    "local-source-address",
                    Situation.of(Server.at("127.0.0.1"), Server.replica()),
                    Situation.of(Server.at("127.0.0.1"), Server.at("localhost"))),
            rule("local-infile-off", replicaWith("local_infile", "OFF"), replicaWith("local_infile", "ON")),
            rule(
                    "redo-log-stays-on",
                    versions(8, 0, 15, 8, 0, 15).plan(ReplicationPlan::allowRedoLogOff),
                    versions(8, 0, 31, 8, 0, 31).plan(ReplicationPlan::allowRedoLogOff)),
            rule("reach-unproven", Situation.healthy(), Situation.healthy().alreadyRunning()),
            rule("sql-mode-differs", differing("sql_mode", "ANSI"), differing("sql_mode", "SAME")),
            rule("time-zone-differs", differing("time_zone", "+01:00"), differing("time_zone", "SAME")),
            rule(
                    "character-set-differs",
                    differing("collation_server", "latin1_bin"),
                    differing("collation_server", "SAME")),
            rule(
                    "tls-versions-differ",
                    differing("tls_version", "TLSv1,TLSv1.1"),
                    differing("tls_version", "SAME,TLSv1.1")),
            rule(
                    "pages-smaller",
                    differing("innodb_page_size", "32768", "16384"),
                    differing("innodb_page_size", "16384", "16384")));

    private RuleCases() {}

    private static Situation created(Situation situation) {
        return new Situation(
                ReplicationPlan.from(new TestServer("10.0.0.1")).to(new TestServer("10.0.0.2", true)),
                situation.source(),
                situation.replica(),
                false);
    }

    private static Situation expected() {
        Situation healthy = Situation.healthy();
        return new Situation(
                healthy.plan(), healthy.source(), healthy.source().expectedOfCopy(TestServer.ENGINE), false);
    }

    private static Situation relayOf(String host, String uuid) {
        return Situation.source(Server.source().follows("", host, uuid));
    }

    private static Situation relay(String variable, String value) {
        return Situation.source(Server.source().follows("", "10.0.0.9", THIRD).variable(variable, value));
    }

    private static Situation following(String uuid) {
        return Situation.replica(Server.replica().follows("", "10.0.0.1", uuid));
    }

    private static Situation plain() {
        return Situation.source(Server.source().withoutTls());
    }

    private static Situation versions(int a, int b, int c, int x, int y, int z) {
        return Situation.of(Server.source().version(a, b, c), Server.replica().version(x, y, z));
    }

    private static Situation modes(String source, String replica) {
        return Situation.of(Server.source().gtidMode(source), Server.replica().gtidMode(replica));
    }

    private static Situation executed(String onReplica) {
        return Situation.of(
                Server.source().gtidMode("ON").gtidExecuted(Server.SOURCE_UUID + ":1-5"),
                Server.replica().gtidMode("ON").gtidExecuted(onReplica));
    }

    private static Situation starting(String uuid, String gtids) {
        MySqlGtidSet set = gtids.isEmpty() ? null : MySqlGtidSet.parse(gtids);
        Coordinates start =
                new Coordinates(uuid, "", new BinlogPosition("binlog.000003", 157), set, Instant.EPOCH, "given");
        return modes("ON", "ON").plan(plan -> plan.startingFrom(start));
    }

    private static Situation replicaWith(String variable, String value) {
        return Situation.replica(Server.replica().variable(variable, value));
    }

    private static Situation sourceWith(String variable, String value) {
        return Situation.source(Server.source().variable(variable, value));
    }

    private static Situation byProcedure(String variable, String value) {
        return Situation.replica(
                Server.replica().routine("rds_set_external_source").variable(variable, value));
    }

    private static Situation accountAt(String host) {
        return sourceWith("skip_name_resolve", "ON").plan(plan -> plan.replicationUserHost(host));
    }

    private static Situation differing(String variable, String onSource) {
        return differing(variable, onSource, "SAME");
    }

    private static Situation differing(String variable, String onSource, String onReplica) {
        return Situation.of(
                Server.source().variable(variable, onSource), Server.replica().variable(variable, onReplica));
    }
}
