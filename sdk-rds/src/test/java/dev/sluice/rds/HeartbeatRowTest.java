// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.testing.MockContext;
import dev.sluice.testing.MockFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the source's own writing in {@code mysql.rds_heartbeat2}, from facts and from what servers show. */
class HeartbeatRowTest {
    private static final String ROW = "sluice.heartbeat_row";
    private static final RdsMySql SOURCE =
            RdsMySql.instance("orders").region("eu-west-1").credentials("admin", Secret.env("A"));
    private static final RdsMySql REPLICA =
            RdsMySql.instance("copy").region("eu-west-1").credentials("admin", Secret.env("B"));
    private static final ReplicationPlan PLAN = ReplicationPlan.from(SOURCE).to(REPLICA);
    private static final String PATTERNS = "information\\_schema.%,mysql.%,performance\\_schema.%,sys.%";

    private final RdsEngine engine = RdsEngine.create();

    private static MockContext context(MockFacts replica, String sourceRow, String replicaRow) {
        return MockContext.of(
                PLAN,
                RdsFacts.source(RdsFacts.mysql80().variable(ROW, sourceRow)),
                RdsFacts.replica(replica.variable(ROW, replicaRow)));
    }

    private StepDraft prepare(MockContext context) {
        return step(GuideStep.PREPARE_REPLICA, context);
    }

    private StepDraft step(GuideStep row, MockContext context) {
        return engine.replicaSteps().stream()
                .filter(step -> step.row() == row)
                .findFirst()
                .orElseThrow()
                .compile(context);
    }

    @ParameterizedTest
    @CsvSource({"THERE, THERE, true", "THERE, TO_COME, true", "THERE, NOT_SEEN, false", "NOT_SEEN, THERE, false"})
    void usersMustSeeTheRowsWhereThesePermitAPlanWithoutFilter(String source, String replica, boolean isNeeded) {
        List<RequiredPrivilege> needs = step(GuideStep.ENABLE_REPLICATION, context(RdsFacts.mysql80(), source, replica))
                .privileges();

        assertThat(needs.stream().anyMatch(need -> need.tables().contains(TableName.of("mysql", "rds_heartbeat2"))))
                .isEqualTo(isNeeded);
    }

    @Test
    void whereBothHaveTheirRowNothingIsFiltered() {
        assertThat(prepare(context(RdsFacts.mysql80(), "THERE", "THERE")).operations())
                .isEmpty();
    }

    @Test
    void aSourceThatWritesNoSuchRowNeedsNoFilter() {
        assertThat(prepare(context(RdsFacts.mysql80(), "NOT_SEEN", "THERE")).operations())
                .isEmpty();
    }

    @Test
    void whereOneHasNoRowTheReplicaLeavesSystemSchemasOut() {
        for (String[] rows : new String[][] {
            {"THERE", "TO_COME"}, {"TO_COME", "THERE"}, {"TO_COME", "TO_COME"}, {"THERE", "NOT_SEEN"}
        }) {
            StepDraft draft = prepare(context(
                    RdsFacts.mysql80()
                            .variable("sluice.parameter_group", "settings")
                            .variable("sluice.parameter_group_others", ""),
                    rows[0],
                    rows[1]));

            assertThat(draft.problems()).isEmpty();
            assertThat(draft.operations().stream().map(Operation::id))
                    .containsExactly("set-parameters", "wait-for-filter");
            assertThat(((ControlPlaneOperation) draft.operations().get(0)).parameters())
                    .containsEntry("Parameters.replicate-wild-ignore-table", PATTERNS);
            assertThat(draft.notes()).anyMatch(note -> note.contains("mysql.rds_heartbeat2"));
        }
    }

    @Test
    void withoutClientsAPersonSetsIt() {
        StepDraft draft = prepare(context(RdsFacts.mysql80(), "THERE", "TO_COME"));

        assertThat(draft.problems()).isEmpty();
        assertThat(draft.operations().get(0)).isInstanceOf(PersonOperation.class);
        assertThat(draft.operations().get(0).preview()).anyMatch(line -> line.contains("replicate-wild-ignore-table"));
    }

    @Test
    void whereNobodyCouldSeeTheFilterItIsRefused() {
        StepDraft draft = prepare(context(RdsFacts.mysql57(), "THERE", "TO_COME"));

        assertThat(draft.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code().id()).isEqualTo("RDS-232"))
                .extracting(Problem::remedy)
                .asString()
                .contains("RdsEngine.create(clients)");
    }

    @Test
    void aReplicaThatFollowsAlreadyIsLeftAlone() {
        assertThat(prepare(following()).operations()).isEmpty();
    }

    private static MockContext following() {
        ServerFacts source = RdsFacts.source(RdsFacts.mysql80().variable(ROW, "THERE"));
        MockFacts replica = RdsFacts.mysql80().variable(ROW, "TO_COME");
        return MockContext.of(PLAN, source, RdsFacts.replica(replica.channel(RdsFacts.channel(source, "sluice_repl"))));
    }

    private List<Finding> checked(MockContext context, boolean sourceRow, boolean replicaRow, String ignored) {
        Check check = engine.replicaChecks().get(0);
        return check.examine(context.sourceSession(server(sourceRow, "")).replicaSession(server(replicaRow, ignored)));
    }

    /** A server that has the table, and shows a filter. */
    private static ServerSession server(boolean row, String ignored) {
        return sql -> {
            if (sql.contains("information_schema.TABLES")) {
                return List.of(Row.of(Map.of("name", "rds_heartbeat2")));
            }
            if (sql.contains("rds_heartbeat2")) {
                return row ? List.of(Row.of(Map.of("id", "1"))) : List.of();
            }
            if (sql.contains("replication_applier_global_filters")) {
                return List.of(Row.of(Map.of("filter_name", "REPLICATE_WILD_IGNORE_TABLE", "filter_rule", ignored)));
            }
            return List.of();
        };
    }

    @Test
    void aRowThatHasGoneSinceThePlanWasCompiledIsAnError() {
        List<Finding> findings = checked(context(RdsFacts.mysql80(), "THERE", "THERE"), true, false, "");

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.ERROR);
            assertThat(finding.problem().code().id()).isEqualTo("RDS-232");
            assertThat(finding.problem().what())
                    .contains("source.example:3306 has its row in", "replica.example:3306 has no row yet in");
            assertThat(finding.problem().remedy()).contains("replicate-wild-ignore-table=mysql.%");
        });
    }

    @Test
    void whatThePlanSetsItselfIsANote() {
        assertThat(checked(context(RdsFacts.mysql80(), "THERE", "TO_COME"), true, false, ""))
                .singleElement()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.NOTE));
    }

    @Test
    void aReplicaThatFollowsIsWarnedOf() {
        assertThat(checked(following(), true, false, ""))
                .singleElement()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.WARNING));
    }

    @Test
    void itIsSilentWhereBothHaveTheirRowOrTheReplicaLeavesItOut() {
        assertThat(checked(context(RdsFacts.mysql80(), "THERE", "THERE"), true, true, ""))
                .isEmpty();
        assertThat(checked(context(RdsFacts.mysql80(), "THERE", "THERE"), true, false, "mysql.rds\\_%"))
                .isEmpty();
        assertThat(checked(
                        MockContext.of(
                                PLAN.databases("shop"),
                                RdsFacts.source(RdsFacts.mysql80()),
                                RdsFacts.replica(RdsFacts.mysql80())),
                        true,
                        false,
                        ""))
                .isEmpty();
    }
}
