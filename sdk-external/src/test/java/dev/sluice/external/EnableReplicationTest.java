// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.PLAN;
import static dev.sluice.external.Scenario.codes;
import static dev.sluice.external.Scenario.context;
import static dev.sluice.external.Scenario.replica;
import static dev.sluice.external.Scenario.source;
import static dev.sluice.external.Scenario.statements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.Look;
import dev.sluice.testing.MockContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnableReplicationTest {
    private static final String OTHER = "33333333-3333-3333-3333-333333333333";
    private static final String SYSTEM = "information\\_schema.%,mysql.%,performance\\_schema.%,sys.%";

    private final EnableReplication step = new EnableReplication();

    private static Coordinates snapshot(String gtids) {
        return new Coordinates(
                TestFacts.SOURCE_UUID,
                "",
                new BinlogPosition("binlog.000003", 157),
                MySqlGtidSet.parse(gtids),
                Instant.EPOCH,
                "test");
    }

    private static Map<String, String> running() {
        Map<String, String> status = new LinkedHashMap<>();
        status.put("Source_Host", "10.0.0.1");
        status.put("Source_Port", "3306");
        status.put("Source_User", "sluice_repl");
        status.put("Source_UUID", TestFacts.SOURCE_UUID);
        status.put("Replica_IO_Running", "Yes");
        status.put("Replica_SQL_Running", "Yes");
        status.put("Replicate_Wild_Ignore_Table", SYSTEM);
        return status;
    }

    private Look look(Map<String, String> status) {
        return step.look(context(PLAN)
                .at(step)
                .replicaSession(
                        new ScriptedSession().answer("SHOW REPLICA STATUS", dev.sluice.api.spi.Row.of(status))));
    }

    private static Map<String, String> running(String... changes) {
        Map<String, String> status = running();
        for (int i = 0; i < changes.length; i += 2) {
            status.put(changes[i], changes[i + 1]);
        }
        return status;
    }

    private static void assertMissing(Look look, String... ids) {
        assertThat(look)
                .isInstanceOfSatisfying(
                        Look.Missing.class,
                        missing -> assertThat(missing.operationIds()).containsExactly(ids));
    }

    @Test
    void theReplicaCanVerifyTheSourcesCertificate() {
        ReplicationPlan authority = ReplicationPlan.from(Scenario.SOURCE)
                .to(Scenario.REPLICA, ExternalOption.replicationTlsVerifiedBy("/etc/ca.pem"));
        ReplicationPlan identity = ReplicationPlan.from(Scenario.SOURCE)
                .to(Scenario.REPLICA, ExternalOption.replicationTlsVerifiedIdentityBy("/etc/ca.pem"));

        assertThat(statements(step, context(authority)).get(1))
                .contains("SOURCE_SSL = 1, SOURCE_SSL_CA = '/etc/ca.pem', SOURCE_CONNECT_RETRY");
        assertThat(statements(step, context(identity)).get(1))
                .contains("SOURCE_SSL_CA = '/etc/ca.pem', SOURCE_SSL_VERIFY_SERVER_CERT = 1");
    }

    @Test
    void plainTextIsForSourcesWithoutTls() {
        assertThat(statements(step, context(PLAN.allowPlainText(), source().noTls(), replica()))
                        .get(1))
                .contains("SOURCE_SSL = 0, GET_SOURCE_PUBLIC_KEY = 1");
        assertThat(statements(step, context(PLAN.allowPlainText())).get(1)).contains("SOURCE_SSL = 1");
    }

    @Test
    void theReplicaIsPointedAtWhereItSeesTheSource() {
        ReplicationPlan plan = ReplicationPlan.from(Scenario.SOURCE.reachableByReplicaAt("inner", 3310))
                .to(Scenario.REPLICA);

        assertThat(statements(step, context(plan)).get(1)).contains("SOURCE_HOST = 'inner', SOURCE_PORT = 3310");
    }

    @Test
    void gtidsOf57AreTakenOverOnlyWhereNobodyFollowsTheReplica() {
        TestFacts gtids = TestFacts.replica("5.7.22").with("gtid_mode", "ON");
        MockContext context =
                context(PLAN.allowPlainText(), TestFacts.source("5.7.22").with("gtid_mode", "ON"), gtids.attached(9L));

        assertThat(codes(step.compile(context))).containsExactly("EXT-203");
    }

    @Test
    void everythingIsMissingOnAReplicaThatFollowsNobody() {
        ScriptedSession fresh = new ScriptedSession()
                .answer("SHOW REPLICA STATUS")
                .answer("SELECT @@GLOBAL.gtid_executed", ScriptedSession.row("g", ""));

        assertMissing(step.look(context(PLAN).at(step).replicaSession(fresh)), "set-filter", "change-source", "start");
    }

    private Look gtids(String version, String executed) {
        boolean old = version.startsWith("5");
        ScriptedSession session = new ScriptedSession()
                .answer(old ? "SHOW SLAVE STATUS" : "SHOW REPLICA STATUS")
                .answer("SELECT @@GLOBAL.gtid_executed", ScriptedSession.row("g", executed));
        return step.look(context(
                        PLAN.allowPlainText(),
                        TestFacts.source(version).with("gtid_mode", "ON"),
                        TestFacts.replica(version).with("gtid_mode", "ON"))
                .coordinates(snapshot(TestFacts.SOURCE_UUID + ":1-10"))
                .at(step)
                .replicaSession(session));
    }

    @ParameterizedTest
    @CsvSource({
        "8.0.31, '', take-over-gtids",
        "8.0.31, 22222222-2222-2222-2222-222222222222:1-5, take-over-gtids",
        "8.0.31, 11111111-1111-1111-1111-111111111111:1-7, take-over-gtids",
        "8.0.31, 11111111-1111-1111-1111-111111111111:1-10, ''",
        "5.7.22, '', take-over-gtids",
        "5.7.22, 22222222-2222-2222-2222-222222222222:1-5, reset-binlogs take-over-gtids",
        "5.7.22, 11111111-1111-1111-1111-111111111111:1-10, ''"
    })
    void ofTheGtidsOnlyWhatIsMissingIsTakenOver(String version, String executed, String missing) {
        Look look = gtids(version, executed);

        String first = missing.isEmpty() ? "set-filter" : missing + " set-filter";
        assertMissing(look, (first + " change-source start").split(" "));
    }

    @Test
    void aReplicaThatWouldSkipTransactionsIsRefused() {
        assertThatThrownBy(() -> gtids("8.0.31", TestFacts.SOURCE_UUID + ":1-12"))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining("EXT-205")
                .hasMessageContaining(TestFacts.SOURCE_UUID + ":11-12");
    }

    @Test
    void aChannelThatRunsWithTheFilterIsDone() {
        assertThat(look(running())).isInstanceOf(Look.Done.class);
    }

    @Test
    void aChannelThatIsConnectingIsNotKnownYet() {
        assertThat(look(running("Replica_IO_Running", "Connecting"))).isInstanceOf(Look.Unknown.class);
    }

    @Test
    void aChannelThatStandsStillIsStarted() {
        assertMissing(look(running("Replica_IO_Running", "No", "Replica_SQL_Running", "No")), "start");
        assertMissing(look(running("Replica_SQL_Running", "No")), "start");
    }

    @Test
    void aLostFilterIsSetBeforeTheStart() {
        Map<String, String> stopped =
                running("Replica_IO_Running", "No", "Replica_SQL_Running", "No", "Replicate_Wild_Ignore_Table", "");

        assertMissing(look(stopped), "set-filter", "start");
    }

    @Test
    void anApplierThatRunsWithoutTheFilterIsStoppedFirst() {
        MockContext context = context(PLAN, source(), replica().follows(TestFacts.SOURCE_UUID));
        ScriptedSession session = new ScriptedSession()
                .answer("SHOW REPLICA STATUS", dev.sluice.api.spi.Row.of(running("Replicate_Wild_Ignore_Table", "")));

        assertMissing(step.look(context.at(step).replicaSession(session)), "stop-applier", "set-filter", "start");
        assertThat(statements(step, context).get(0)).isEqualTo("STOP REPLICA SQL_THREAD FOR CHANNEL ''");
    }

    @Test
    void anApplierThatWasStoppedForItsFilterGoesOnWithItWhenTheRunIsTakenBack() {
        Undo undo = step.compile(context(PLAN, source(), replica().follows(TestFacts.SOURCE_UUID)))
                .operations()
                .get(0)
                .info()
                .undos()
                .get(0);

        assertThat(undo.statements().stream().map(Statement::preview))
                .satisfiesExactly(
                        stop -> assertThat(stop).isEqualTo("STOP REPLICA SQL_THREAD FOR CHANNEL ''"),
                        filter -> assertThat(filter).contains("REPLICATE_WILD_IGNORE_TABLE = ('information"),
                        start -> assertThat(start).isEqualTo("START REPLICA SQL_THREAD FOR CHANNEL ''"));
        assertThat(undo.onlyIf().orElseThrow().expected()).isEqualTo("sluice_repl@10.0.0.1:3306");
    }

    @Test
    void aReplicaThatRenamesDatabasesIsRefused() {
        assertThatThrownBy(() -> look(running("Replicate_Rewrite_DB", "(a,b)"))).hasMessageContaining("EXT-206");
    }

    @Test
    void aChannelOfAnotherSourceIsRefused() {
        assertThatThrownBy(() -> look(running("Source_UUID", OTHER))).hasMessageContaining("EXT-204");
        assertThatThrownBy(() -> look(running("Source_UUID", "", "Source_Host", "10.9.9.9")))
                .hasMessageContaining("EXT-204");
        assertThatThrownBy(() -> look(running("Source_UUID", "", "Source_User", "else")))
                .hasMessageContaining("EXT-204");
        assertThat(look(running("Source_UUID", "", "Replica_IO_Running", "Connecting")))
                .isInstanceOf(Look.Unknown.class);
    }

    @Test
    void aReplicationThatIsGoneSinceCompilingIsRefused() {
        MockContext context = context(PLAN, source(), replica().follows(TestFacts.SOURCE_UUID));

        assertThatThrownBy(() ->
                        step.look(context.at(step).replicaSession(new ScriptedSession().answer("SHOW REPLICA STATUS"))))
                .hasMessageContaining("EXT-101");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "13114 | Could not find first log file name in binary log index file | EXT-214",
                "1236 | has purged binary logs containing GTIDs that the replica requires | EXT-214",
                "1236 | Client requested source to start replication from impossible position | EXT-215",
                "1236 | Binary log is not open | EXT-111",
                "13117 | source and replica have equal MySQL server ids | EXT-216",
                "1593 | master and slave have equal MySQL server UUIDs | EXT-216",
                "13114 | A replica with the same server_uuid/server_id as this replica has connected | EXT-216",
                "1236 | Cannot replicate anonymous transaction when AUTO_POSITION = 1 | EXT-217",
                "1045 | error connecting to source | EXT-212",
                "1130 | Host is not allowed to connect | EXT-212",
                "2061 | Authentication requires secure connection. | EXT-213",
                "2026 | SSL connection error | EXT-213",
                "9999 | something else | EXT-219"
            })
    void aReceiverThatCannotGoOnIsRefusedWithItsReason(String number, String text, String code) {
        Map<String, String> failed =
                running("Replica_IO_Running", "No", "Last_IO_Errno", number, "Last_IO_Error", text);

        assertThatThrownBy(() -> look(failed))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining(code)
                .hasMessageContaining(text);
    }

    @Test
    void aSourceThatIsOutOfReachIsWaitedForAndTriedAgain() {
        Map<String, String> trying =
                running("Replica_IO_Running", "Connecting", "Last_IO_Errno", "2003", "Last_IO_Error", "cannot connect");
        Map<String, String> gaveUp =
                running("Replica_IO_Running", "No", "Last_IO_Errno", "2003", "Last_IO_Error", "cannot connect");

        assertThat(look(trying))
                .isInstanceOfSatisfying(
                        Look.Unknown.class,
                        unknown -> assertThat(unknown.evidence()).contains("cannot connect"));
        assertMissing(look(gaveUp), "start");
    }

    @ParameterizedTest
    @CsvSource({
        "1049,CORE-115",
        "1146,CORE-115",
        "1062,EXT-222",
        "1032,EXT-222",
        "1410,EXT-223",
        "1396,EXT-223",
        "1677,EXT-229"
    })
    void anApplierThatFailedIsRefusedWithItsReason(String number, String code) {
        Map<String, String> failed =
                running("Replica_SQL_Running", "No", "Last_SQL_Errno", number, "Last_SQL_Error", "the reason");

        assertThatThrownBy(() -> look(failed))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining(code)
                .hasMessageContaining("the reason");
    }

    @Test
    void noPreviewHoldsASecret() {
        List<String> all = statements(step, context(PLAN));

        assertThat(String.join("\n", all)).contains("SOURCE_PASSWORD = <secret>");
    }
}
