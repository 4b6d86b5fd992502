// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.END;
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
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Row;
import dev.sluice.testing.MockContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
    private static final String OTHER_RUNS = "SELECT COALESCE(IS_USED_LOCK('dev.sluice.logs.0')";
    private static final String SECONDS = "binlog_expire_logs_seconds";

    private final RetainBinlogs retain = new RetainBinlogs();
    private final RelaxRetention relax = new RelaxRetention();

    private static ReplicationPlan retaining(long hours) {
        return PLAN.retainBinlogs(Duration.ofHours(hours));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "24,1", "25,2", "144,6", "145,7"})
    void daysAreRoundedUp(long hours, int days) {
        TestFacts source = TestFacts.source("5.7.22").with("expire_logs_days", "1");
        List<String> statements = statements(retain, context(retaining(hours), source, TestFacts.replica("5.7.22")));

        assertThat(statements).isEqualTo(days == 1 ? List.of() : List.of("SET GLOBAL expire_logs_days = " + days));
    }

    @Test
    void aRetentionWithoutEndOrLongEnoughIsLeftAlone() {
        assertThat(statements(retain, context(retaining(200), source().with(SECONDS, "0"), replica())))
                .isEmpty();
        assertThat(statements(
                        retain,
                        context(retaining(200), source().with("binlog_expire_logs_auto_purge", "OFF"), replica())))
                .isEmpty();
        assertThat(statements(retain, context(retaining(72)))).isEmpty();
        assertThat(statements(retain, context(PLAN))).isEmpty();
    }

    @Test
    void nothingIsRaisedForAReplicaThatFollowsAlready() {
        MockContext context = context(retaining(200), source(), replica().follows(TestFacts.SOURCE_UUID));

        assertThat(statements(retain, context)).isEmpty();
        assertThat(statements(relax, context)).isEmpty();
        assertThat(retain.look(context.at(retain))).isInstanceOf(Look.Done.class);
        assertThat(relax.look(context.at(relax))).isInstanceOf(Look.Done.class);
    }

    @Test
    void moreThanTheServerCanIsAProblem() {
        TestFacts source = TestFacts.source("5.7.22");

        assertThat(codes(retain.compile(context(retaining(2400), source, TestFacts.replica("5.7.22")))))
                .containsExactly("EXT-112");
        assertThat(codes(relax.compile(context(retaining(2400), source, TestFacts.replica("5.7.22")))))
                .isEmpty();
    }

    @Test
    void theUndoOfARaiseIsTemporaryAndForgetsWhatWasNotPersistedBefore() {
        assertThat(undos(source()))
                .containsExactly("RESET PERSIST IF EXISTS " + SECONDS, "SET GLOBAL " + SECONDS + " = 259200");
        assertThat(undos(source().with("persisted." + SECONDS, "259200")))
                .containsExactly("SET PERSIST " + SECONDS + " = 259200");
        assertThat(raise(source())).allSatisfy(undo -> assertThat(undo.scope()).isEqualTo(UndoScope.TEMPORARY));
    }

    private List<String> undos(TestFacts source) {
        return raise(source).stream().map(undo -> undo.statement().preview()).toList();
    }

    private List<Undo> raise(TestFacts source) {
        return retain.compile(context(retaining(200), source, replica()))
                .operations()
                .get(0)
                .info()
                .undos();
    }

    @Test
    void aValueThatIsHighEnoughByNowIsDone() {
        MockContext context = context(retaining(200)).at(retain);

        assertThat(retain.look(context.sourceSession(new ScriptedSession().variable(SECONDS, "259200"))))
                .isInstanceOf(Look.Missing.class);
        assertThat(retain.look(context.sourceSession(new ScriptedSession().variable(SECONDS, "720000"))))
                .isInstanceOf(Look.Done.class);
        assertThat(retain.look(context.sourceSession(new ScriptedSession().variable(SECONDS, "0"))))
                .isInstanceOf(Look.Done.class);
    }

    @ParameterizedTest
    @CsvSource({
        // before (s), raised (h), while replicating (h), statement
        "3600, 200, 24, SET PERSIST binlog_expire_logs_seconds = 86400",
        "259200, 200, 24, SET GLOBAL binlog_expire_logs_seconds = 259200",
        "3600, 200, 100, SET PERSIST binlog_expire_logs_seconds = 360000"
    })
    void itIsRelaxedToTheLargerOfBeforeAndWhatReplicationNeeds(
            String before, long raised, long needed, String statement) {
        MockContext context = context(
                retaining(raised).retainWhileReplicating(Duration.ofHours(needed)),
                source().with(SECONDS, before),
                replica());

        assertThat(statements(relax, context)).first().isEqualTo(statement);
    }

    @Test
    void aRaiseThatReplicationNeedsAnywayStays() {
        MockContext context = context(
                retaining(100).retainWhileReplicating(Duration.ofHours(120)),
                source().with(SECONDS, "3600"),
                replica());

        assertThat(statements(relax, context)).isEmpty();
        assertThat(relax.look(context.at(relax))).isInstanceOf(Look.Done.class);
    }

    @Test
    void itWaitsUntilTheReplicaHasAppliedWhatTheSourceHad() {
        assertThat(relaxing("720000", applied("Yes", "499"))).isInstanceOf(Look.Unknown.class);
        assertThat(relaxing("720000", applied("No", "900"))).isInstanceOf(Look.Unknown.class);
        assertThatThrownBy(() -> relaxing("720000", new ScriptedSession().answer("SHOW REPLICA STATUS")))
                .hasMessageContaining("CORE-121");
        assertThat(relaxing("720000", applied("Yes", "500"))).isInstanceOf(Look.Missing.class);
    }

    @Test
    void aValueThatSomebodyElseSetIsLeft() {
        assertThat(relaxing("500000", applied("Yes", "500"))).isInstanceOf(Look.Done.class);
    }

    @Test
    void aPersistedLeftoverIsStillToBeForgotten() {
        assertThat(relaxing("259200", applied("Yes", "500")))
                .isInstanceOfSatisfying(
                        Look.Missing.class,
                        missing -> assertThat(missing.operationIds()).containsExactly("forget-persisted-retention"));
    }

    @Test
    void aRetentionThatAnotherRunNeedsIsLeftToIt() {
        assertThat(relaxing("720000", applied("Yes", "500"), ScriptedSession.row("session", "17")))
                .isInstanceOfSatisfying(
                        Look.Done.class, done -> assertThat(done.evidence()).contains("another run"));
    }

    private Look relaxing(String now, ScriptedSession replica, Row... otherRuns) {
        ScriptedSession source = new ScriptedSession()
                .variable(SECONDS, now)
                .answer(OTHER_RUNS, otherRuns)
                .answer("SELECT VARIABLE_VALUE", ScriptedSession.row("VARIABLE_VALUE", "720000"));
        Coordinates start = new Coordinates(
                TestFacts.SOURCE_UUID, "", new BinlogPosition("binlog.000001", 500), null, Instant.EPOCH, "test");
        return relax.look(context(retaining(200))
                .at(relax)
                .coordinates(start)
                .sourceSession(source)
                .replicaSession(replica));
    }

    /** Whatever the lag in whole seconds is, it is what was applied that counts. */
    private static ScriptedSession applied(String receiver, String position) {
        Row status = ScriptedSession.row(
                "Source_Host", "10.0.0.1",
                "Source_Port", "3306",
                "Source_UUID", TestFacts.SOURCE_UUID,
                "Replica_IO_Running", receiver,
                "Replica_SQL_Running", "Yes",
                "Relay_Source_Log_File", "binlog.000001",
                "Exec_Source_Log_Pos", position,
                "Seconds_Behind_Source", "1");
        return new ScriptedSession().answer("SHOW REPLICA STATUS", status);
    }

    @Test
    void anEndPlanLeavesTheRetentionAndSaysHowToSetIt() {
        RestoreRetention restore = new RestoreRetention();
        MockContext context = context(END, source(), replica());

        assertThat(restore.compile(context).notes())
                .singleElement()
                .asString()
                .contains("72 h", "SET PERSIST binlog_expire_logs_seconds = <value>");
        assertThat(restore.look(context.at(restore))).isInstanceOf(Look.Done.class);
    }

    /** A source whose logs no other run needs. */
    private static ScriptedSession alone(String variable, String value) {
        return new ScriptedSession().variable(variable, value).answer(OTHER_RUNS);
    }

    @Test
    void anEndPlanSetsTheRetentionThatItNamesAndUndoesThatOnCancel() {
        RestoreRetention restore = new RestoreRetention();
        MockContext context = context(END.restoreRetention(Duration.ofHours(1)), source(), replica());

        assertThat(statements(restore, context)).containsExactly("SET PERSIST " + SECONDS + " = 3600");
        assertThat(restore.compile(context).operations().get(0).info().undos())
                .extracting(undo -> undo.statement().preview())
                .containsExactly("RESET PERSIST IF EXISTS " + SECONDS, "SET GLOBAL " + SECONDS + " = 259200");
        assertThat(restore.look(context.at(restore).sourceSession(alone(SECONDS, "259200"))))
                .isInstanceOf(Look.Missing.class);
        assertThat(restore.look(context.at(restore).sourceSession(alone(SECONDS, "3600"))))
                .isInstanceOf(Look.Done.class);
        assertThat(codes(restore.compile(context(END.restoreRetention(Duration.ofDays(100_000)), source(), replica()))))
                .containsExactly("EXT-112");
    }

    @Test
    void theDefaultOfAServerLeavesNothingPersisted() {
        RestoreRetention restore = new RestoreRetention();

        assertThat(statements(restore, context(END.restoreDefaultRetention(), source(), replica())))
                .containsExactly("SET GLOBAL " + SECONDS + " = 2592000");
        assertThat(statements(
                        restore,
                        context(
                                END.restoreDefaultRetention(),
                                source().with("persisted." + SECONDS, "259200"),
                                replica())))
                .containsExactly("SET GLOBAL " + SECONDS + " = 2592000", "RESET PERSIST IF EXISTS " + SECONDS);
    }
}
