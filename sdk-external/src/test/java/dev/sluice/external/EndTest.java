// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.END;
import static dev.sluice.external.Scenario.codes;
import static dev.sluice.external.Scenario.context;
import static dev.sluice.external.Scenario.replica;
import static dev.sluice.external.Scenario.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.testing.MockContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndTest {
    private static final String OTHER = "33333333-3333-3333-3333-333333333333";

    private final StopReplication stop = new StopReplication();
    private final ResetReplica reset = new ResetReplica();
    private final DisableBinlog disable = new DisableBinlog();

    private static ScriptedSession status(String receiver, String applier) {
        Row row = ScriptedSession.row(
                "Source_Host",
                "10.0.0.1",
                "Source_Port",
                "3306",
                "Source_User",
                "sluice_repl",
                "Replica_IO_Running",
                receiver,
                "Replica_SQL_Running",
                applier);
        return new ScriptedSession().answer("SHOW REPLICA STATUS", row);
    }

    private static ScriptedSession nothing() {
        return new ScriptedSession().answer("SHOW REPLICA STATUS");
    }

    private static TestFacts follower() {
        return replica().follows(TestFacts.SOURCE_UUID);
    }

    @Test
    void whereNothingIsConfiguredNothingIsDone() {
        MockContext context = context(END, source(), replica());

        assertThat(stop.compile(context).operations()).isEmpty();
        assertThat(reset.compile(context).operations()).isEmpty();
        assertThat(stop.look(context.at(stop).replicaSession(nothing()))).isInstanceOf(Look.Done.class);
        assertThat(reset.look(context.at(reset).replicaSession(nothing()))).isInstanceOf(Look.Done.class);
    }

    @Test
    void bothHalvesMustStandStill() {
        MockContext context = context(END, source(), follower()).at(stop);

        assertThat(stop.look(context.replicaSession(status("No", "Yes")))).isInstanceOf(Look.Missing.class);
        assertThat(stop.look(context.replicaSession(status("Connecting", "No"))))
                .isInstanceOf(Look.Missing.class);
        assertThat(stop.look(context.replicaSession(status("No", "No")))).isInstanceOf(Look.Done.class);
    }

    @Test
    void aReplicaThatFollowsAnotherSourceByNowIsRefused() {
        TestFacts moved = replica().followsAt("10.9.9.9", OTHER);

        assertThatThrownBy(
                        () -> stop.look(context(END, source(), moved).at(stop).replicaSession(status("Yes", "Yes"))))
                .hasMessageContaining("EXT-101")
                .hasMessageContaining("10.0.0.1:3306");
        assertThatThrownBy(
                        () -> reset.look(context(END, source(), moved).at(reset).replicaSession(status("No", "No"))))
                .hasMessageContaining("EXT-101");
        assertThatThrownBy(() ->
                        reset.look(context(END, source(), replica()).at(reset).replicaSession(status("No", "No"))))
                .hasMessageContaining("EXT-101");
    }

    @Test
    void aConfigurationThatIsStillThereIsRemoved() {
        MockContext context = context(END, source(), follower()).at(reset);

        assertThat(reset.look(context.replicaSession(status("No", "No")))).isInstanceOf(Look.Missing.class);
    }

    @Test
    void theResetSaysWhatIsLostAndWhatStays() {
        StepDraft draft = reset.compile(context(END, source(), follower().with("super_read_only", "ON")));

        assertThat(String.join("\n", draft.notes()))
                .contains("cannot be undone", "10.0.0.1:3306", "SET PERSIST super_read_only = OFF");
    }

    @Test
    void whatTheSetUpHasLeftForTheReplicationGoesWithIt() {
        TestFacts left =
                follower().with("persisted.skip_replica_start", "ON").with("filter.replicate-wild-do-table", "shop.%");
        MockContext context = context(END, source(), left).at(reset);

        assertThat(ids(context.step().operations()))
                .containsExactly("reset", "remove-filter", "start-again-after-restart");
        assertThat(missing(context.replicaSession(left("shop.%", "ON"))))
                .containsExactly("remove-filter", "start-again-after-restart");
        assertThat(missing(context.replicaSession(left("other.%", "ON")))).containsExactly("start-again-after-restart");
        assertThat(reset.look(context.replicaSession(left("", "OFF")))).isInstanceOf(Look.Done.class);
    }

    @Test
    void whatMayBeSomebodyElsesStays() {
        assertThat(operations(follower().with("filter.replicate-do-db", "shop")))
                .containsExactly("reset");
        assertThat(operations(follower()
                        .with("persisted.skip_replica_start", "ON")
                        .with("filter.replicate-wild-do-table", "shop.%")
                        .followsToo("second")))
                .containsExactly("reset");
        assertThat(operations(follower().with("filter.replicate-wild-ignore-table", "mysql.%")))
                .containsExactly("reset");
        assertThat(reset.compile(context(END, source(), follower().with("filter.replicate-do-db", "shop")))
                        .notes())
                .anyMatch(note -> note.contains("filter stays"));
    }

    private List<String> operations(TestFacts replica) {
        return ids(reset.compile(context(END, source(), replica)).operations());
    }

    private List<String> missing(MockContext context) {
        return ((Look.Missing) reset.look(context)).operationIds();
    }

    private static List<String> ids(List<Operation> operations) {
        return operations.stream().map(Operation::id).toList();
    }

    /** A replica that has been reset. */
    private static ScriptedSession left(String filter, String persisted) {
        return nothing()
                .answer(
                        "SELECT FILTER_NAME",
                        ScriptedSession.row("filter_name", "REPLICATE_WILD_DO_TABLE", "filter_rule", filter))
                .answer("SELECT VARIABLE_VALUE", ScriptedSession.row("VARIABLE_VALUE", persisted));
    }

    private Undo undoOfStop(TestFacts replica) {
        return stop.compile(context(END, source(), replica))
                .operations()
                .get(0)
                .info()
                .undos()
                .get(0);
    }

    @Test
    void theStartThatTakesAStopBackNeedsTheFilterOfBefore() {
        Undo undo = undoOfStop(follower().with("filter", "{\"REPLICATE_WILD_DO_TABLE\": \"shop.%\"}"));

        assertThat(undo.settings()).isEmpty();
        assertThat(undo.onlyIf().orElseThrow().query())
                .contains("replication_connection_configuration", "replication_applier_filters");
        assertThat(undo.onlyIf().orElseThrow().expected())
                .isEqualTo("sluice_repl@10.0.0.1:3306 {\"REPLICATE_WILD_DO_TABLE\": \"shop.%\"}");
        assertThat(undoOfStop(follower()).onlyIf().orElseThrow().expected()).endsWith(":3306 none");
    }

    private static TestFacts follower57(String rule, String entries) {
        return TestFacts.replica("5.7.22")
                .databases("shop", "my_shop")
                .follows(TestFacts.SOURCE_UUID)
                .with("filter." + rule, entries);
    }

    @Test
    void aServerThatShowsItsFilterByNoQueryGetsItAgainBeforeTheStart() {
        Undo undo = undoOfStop(follower57("replicate-wild-do-table", "my\\_shop.%\nshop.%")
                .with("filter.replicate-ignore-table", "shop.old"));

        assertThat(undo.settings().stream().map(Statement::preview))
                .containsExactly(
                        "STOP SLAVE SQL_THREAD FOR CHANNEL ''",
                        "CHANGE REPLICATION FILTER REPLICATE_DO_DB = (), REPLICATE_IGNORE_DB = (), REPLICATE_DO_TABLE = (),"
                                + " REPLICATE_IGNORE_TABLE = (`shop`.`old`), REPLICATE_WILD_DO_TABLE = ('my\\\\_shop.%', 'shop.%'),"
                                + " REPLICATE_WILD_IGNORE_TABLE = ()");
        assertThat(undo.statement().preview()).isEqualTo("START SLAVE FOR CHANNEL ''");
        assertThat(undoOfStop(TestFacts.replica("5.7.22").follows(TestFacts.SOURCE_UUID))
                        .settings())
                .isEmpty();
    }

    @Test
    void whereTheFilterIsNotKnownForCertainNothingIsStarted() {
        for (TestFacts replica : List.of(
                follower57("replicate-wild-do-table", "a\nb.%"),
                follower57("replicate-wild-do-table", "unknown.%"),
                follower57("replicate-do-db", "shop"))) {
            StepDraft draft = stop.compile(context(END, source(), replica));

            assertThat(draft.operations().get(0).info().undos()).isEmpty();
            assertThat(draft.notes()).anyMatch(note -> note.contains("does not start replication again"));
        }
    }

    private final DropReplicationUser drop = new DropReplicationUser();

    private Look drop(ScriptedSession session) {
        return drop.look(context(END.dropReplicationUser("sluice_repl", "10.0.0.2"), source(), follower())
                .at(drop)
                .sourceSession(session.answer(
                                "SELECT Repl_slave_priv",
                                ScriptedSession.row("replicates", "Y", "tls", "", "locked", "N"))
                        .answer(
                                "SHOW GRANTS FOR",
                                ScriptedSession.row("g", "GRANT REPLICATION SLAVE ON *.* TO `sluice_repl`@`10.0.0.2`"))
                        .answer("SELECT @@GLOBAL.performance_schema", ScriptedSession.row("v", "1"))));
    }

    @Test
    void anAccountThatOtherReplicasUseIsNotDropped() {
        assertThatThrownBy(() -> drop(new ScriptedSession()
                        .answer("SELECT t.PROCESSLIST_HOST", ScriptedSession.row("host", "10.0.0.2", "uuid", OTHER))))
                .hasMessageContaining("EXT-129")
                .hasMessageContaining(OTHER);
        assertThat(drop(new ScriptedSession().answer("SELECT t.PROCESSLIST_HOST")))
                .isInstanceOf(Look.Missing.class);
    }

    @Test
    void aLogThatOtherReplicasNeedIsNotDisabled() {
        EndPlan plan = END.disableBinlog();

        assertThat(codes(disable.compile(context(plan, source().attached(2L, 9L), follower()))))
                .containsExactly("EXT-131");
        assertThat(codes(disable.compile(context(plan, source().attached(2L), follower()))))
                .isEmpty();
    }

    @Test
    void aReplicaThatAttachesMeanwhileStopsIt() {
        MockContext context = context(END.disableBinlog(), source(), follower()).at(disable);
        ScriptedSession log = new ScriptedSession().variable("log_bin", "ON");

        assertThat(disable.look(
                        context.sourceSession(log.answer("SHOW REPLICAS", ScriptedSession.row("Server_Id", "2")))))
                .isInstanceOf(Look.Missing.class);
        assertThatThrownBy(() -> disable.look(
                        context.sourceSession(log.answer("SHOW REPLICAS", ScriptedSession.row("Server_Id", "9")))))
                .hasMessageContaining("EXT-131");
    }

    @Test
    void aLogThatIsOffIsDone() {
        MockContext context = context(END.disableBinlog(), source().with("log_bin", "OFF"), follower());

        assertThat(disable.compile(context).operations()).isEmpty();
        assertThat(disable.look(context.at(disable).sourceSession(new ScriptedSession().variable("log_bin", "OFF"))))
                .isInstanceOf(Look.Done.class);
    }
}
