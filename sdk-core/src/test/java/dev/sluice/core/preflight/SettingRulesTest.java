// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.ReplicationPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingRulesTest {
    @Test
    void serversWithoutTlsAreNamed() {
        Situation situation =
                Situation.of(Server.source().withoutTls(), Server.replica().withoutTls());

        assertThat(new NoTls().problems(situation))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.remedy()).contains(".allowPlainText()"))
                .extracting(Problem::what)
                .satisfiesExactly(
                        one -> assertThat(one).contains("The source 10.0.0.1"),
                        two -> assertThat(two).contains("The replica 10.0.0.2"));
    }

    @Test
    void plainTextWithConsentIsFine() {
        assertThat(new NoTls()
                        .problems(Situation.source(Server.source().withoutTls()).plan(ReplicationPlan::allowPlainText)))
                .isEmpty();
    }

    private static Server relay() {
        return Server.source().follows("", "10.0.0.9", "33333333-3333-3333-3333-333333333333");
    }

    @Test
    void aRelayThatDoesNotLogWhatItReceivesIsRefused() {
        assertThat(new RelayNotLogged().problems(Situation.source(relay().variable("log_slave_updates", "OFF"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("10.0.0.9:3306"));
    }

    @Test
    void aRelayThatLogsWhatItReceivesIsFine() {
        assertThat(new RelayNotLogged().problems(Situation.source(relay().variable("log_slave_updates", "ON"))))
                .isEmpty();
        assertThat(new RelayNotLogged().problems(Situation.source(relay().variable("log_replica_updates", "ON"))))
                .isEmpty();
        assertThat(new RelayNotLogged().problems(Situation.healthy())).isEmpty();
    }

    @Test
    void aRelayThatCommitsInAnyOrderIsAWarning() {
        Server source =
                relay().variable("replica_parallel_workers", "4").variable("replica_preserve_commit_order", "OFF");

        assertThat(new RelayOrder().problems(Situation.source(source))).hasSize(1);
    }

    @Test
    void aRelayThatCommitsInOrderIsFine() {
        assertThat(new RelayOrder()
                        .problems(Situation.source(relay().variable("replica_parallel_workers", "4")
                                .variable("replica_preserve_commit_order", "ON"))))
                .isEmpty();
        assertThat(new RelayOrder().problems(Situation.source(relay().variable("slave_parallel_workers", "0"))))
                .isEmpty();
    }

    private static Situation withoutNames(String host) {
        return Situation.source(Server.source().variable("skip_name_resolve", "ON"))
                .plan(plan -> plan.replicationUserHost(host));
    }

    @ParameterizedTest
    @CsvSource({"db2.corp.example", "%.corp.example", "localhost"})
    void anAccountByNameOnAServerThatResolvesNoneIsRefused(String host) {
        assertThat(new AccountHostByName().problems(withoutNames(host)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("'sluice_repl'@'" + host + "'"));
    }

    @Test
    void anAccountByTheReplicasNameIsRefusedToo() {
        Situation situation =
                Situation.of(Server.source().variable("skip_name_resolve", "ON"), Server.at("db2.corp.example"));

        assertThat(new AccountHostByName().problems(situation)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.2", "10.0.%", "10.0.0.0/255.255.0.0", "fe80::1", "%"})
    void anAccountByAddressIsFine(String host) {
        assertThat(new AccountHostByName().problems(withoutNames(host))).isEmpty();
    }

    @Test
    void anAccountByNameOnAServerThatResolvesNamesIsFine() {
        assertThat(new AccountHostByName()
                        .problems(Situation.healthy().plan(plan -> plan.replicationUserHost("db2.corp.example"))))
                .isEmpty();
    }

    @Test
    void aReplicaThatTakesNoRowsFromTheUserIsRefused() {
        Server replica = Server.replica()
                .variable("read_only", "ON")
                .grants("GRANT SELECT, INSERT, CREATE ON *.* TO `migrator`@`%`");

        assertThat(new ReplicaReadOnly().problems(Situation.replica(replica)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("read_only=ON", "CONNECTION_ADMIN"));
    }

    @Test
    void aReadOnlyReplicaThatTakesRowsFromTheUserIsFine() {
        assertThat(new ReplicaReadOnly()
                        .problems(Situation.replica(Server.replica().variable("read_only", "ON"))))
                .isEmpty();
        assertThat(new ReplicaReadOnly().problems(Situation.healthy())).isEmpty();
    }

    @Test
    void smallerPacketsOnTheReplicaAreAWarning() {
        Server replica = Server.replica().variable("max_allowed_packet", "4194304");

        assertThat(new PacketSmaller().problems(Situation.replica(replica)))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.remedy()).contains("SET GLOBAL max_allowed_packet = 67108864"));
    }

    @Test
    void packetsOfOneSizeAreFine() {
        assertThat(new PacketSmaller().problems(Situation.healthy())).isEmpty();
    }

    @Test
    void anotherDefaultEngineIsAWarning() {
        Server replica = Server.replica().variable("default_storage_engine", "MyISAM");

        assertThat(new DefaultEngine().problems(Situation.replica(replica)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("The replica", "MyISAM"));
    }

    @Test
    void innodbByDefaultIsFine() {
        assertThat(new DefaultEngine().problems(Situation.healthy())).isEmpty();
    }

    @Test
    void aReplicaWithoutLocalInfileIsNoted() {
        Server replica = Server.replica().variable("local_infile", "OFF");

        assertThat(new LocalInfileOff().problems(Situation.replica(replica))).hasSize(1);
    }

    @Test
    void aReplicaWithLocalInfileIsNotNoted() {
        assertThat(new LocalInfileOff().problems(Situation.healthy())).isEmpty();
    }

    @Test
    void aProcedureThatLogsThePasswordIsAWarning() {
        Server replica = Server.replica().routine("rds_set_external_source").variable("general_log", "ON");

        assertThat(new PasswordsInLog().problems(Situation.replica(replica))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "slow_query_log, ON, CONNECT, true",
        "server_audit_logging, ON, 'CONNECT,QUERY', true",
        "server_audit_logging, 1, '', true",
        "server_audit_logging, ON, CONNECT, false",
        "server_audit_logging, OFF, QUERY, false",
        "audit_log_policy, ALL, '', true",
        "audit_log_policy, LOGINS, '', false"
    })
    void otherLogsOfStatementsAreAWarningToo(String variable, String value, String audited, boolean told) {
        Server replica = Server.replica()
                .routine("rds_set_external_source")
                .variable("server_audit_events", audited)
                .variable(variable, value);

        assertThat(new PasswordsInLog().problems(Situation.replica(replica))).hasSize(told ? 1 : 0);
    }

    @Test
    void aLogThatMasksPasswordsIsFine() {
        assertThat(new PasswordsInLog()
                        .problems(Situation.replica(Server.replica().variable("general_log", "ON"))))
                .isEmpty();
        assertThat(new PasswordsInLog()
                        .problems(Situation.replica(Server.replica().routine("rds_set_external_source"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"localhost", "127.0.0.1", "127.1.2.3", "::1"})
    void aSourceThatTheReplicaSeeksOnItsOwnHostIsAWarning(String host) {
        assertThat(new LocalSourceAddress().problems(Situation.of(Server.at(host), Server.replica())))
                .hasSize(1);
    }

    @Test
    void twoServersOnOneHostAreFine() {
        assertThat(new LocalSourceAddress().problems(Situation.of(Server.at("127.0.0.1"), Server.at("localhost"))))
                .isEmpty();
        assertThat(new LocalSourceAddress().problems(Situation.healthy())).isEmpty();
    }

    @Test
    void whereTheReplicaWillConnectToIsNoted() {
        assertThat(new ReachUnproven().problems(Situation.healthy()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("10.0.0.1:3306"));
    }

    @Test
    void aReplicaThatIsConnectedProvesIt() {
        assertThat(new ReachUnproven().problems(Situation.healthy().alreadyRunning()))
                .isEmpty();
    }

    @Test
    void settingsThatDifferAreNoted() {
        Situation situation = Situation.of(
                Server.source()
                        .variable("sql_mode", "")
                        .variable("time_zone", "SYSTEM")
                        .variable("system_time_zone", "CET")
                        .variable("collation_server", "latin1_swedish_ci"),
                Server.replica()
                        .variable("sql_mode", "STRICT_TRANS_TABLES")
                        .variable("time_zone", "+00:00")
                        .variable("collation_server", "utf8mb4_0900_ai_ci"));

        assertThat(SettingsDiffer.sqlMode().problems(situation)).hasSize(1);
        assertThat(SettingsDiffer.timeZone().problems(situation))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("'CET'", "'+00:00'"));
        assertThat(SettingsDiffer.characterSet().problems(situation)).hasSize(1);
    }

    @Test
    void settingsThatAreTheSameAreNotNoted() {
        Situation situation = Situation.of(
                Server.source()
                        .variable("sql_mode", "ANSI")
                        .variable("time_zone", "SYSTEM")
                        .variable("system_time_zone", "UTC")
                        .variable("collation_server", "utf8mb4_bin"),
                Server.replica()
                        .variable("sql_mode", "ANSI")
                        .variable("time_zone", "UTC")
                        .variable("collation_server", "utf8mb4_bin")
                        .variable("default_collation_for_utf8mb4", "utf8mb4_0900_ai_ci"));

        assertThat(SettingsDiffer.sqlMode().problems(situation)).isEmpty();
        assertThat(SettingsDiffer.timeZone().problems(situation)).isEmpty();
        assertThat(SettingsDiffer.characterSet().problems(situation)).isEmpty();
    }
}
