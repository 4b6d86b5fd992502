// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.PLAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plans that copy one table anew, before they run. */
class CopyTableTest {
    private static final TableName ORDERS = TableName.of("shop", "orders");
    private static final ReplicationPlan OF_SHOP = PLAN.databases("shop").replicationUserHost("%");
    static final CopyTablePlan COPY =
            CopyTablePlan.of(OF_SHOP, ORDERS).allow(Consent.TABLE_REPLACEMENT).allow(Consent.TABLE_COPY_LOCK);

    private final Sluice sluice = Sluice.builder()
            .journal(Journal.inMemory())
            .engines(ExternalEngine.create())
            .build();

    @AfterEach
    void close() {
        sluice.close();
    }

    private static TestFacts follower(String version) {
        return TestFacts.replica(version).follows(TestFacts.SOURCE_UUID);
    }

    private CompiledPlan compile(CopyTablePlan plan, TestFacts source, TestFacts replica) {
        return sluice.compile(plan, source.facts(), replica.facts());
    }

    private CompiledPlan compile(String version) {
        return compile(COPY, TestFacts.source(version), follower(version));
    }

    private List<String> refusals(CopyTablePlan plan, TestFacts source, TestFacts replica) {
        try {
            compile(plan, source, replica);
            return List.of();
        } catch (PlanRejectedException refused) {
            return refused.problems().stream()
                    .map(Problem::code)
                    .map(code -> code.id())
                    .toList();
        }
    }

    private static CompiledStep step(CompiledPlan compiled, GuideStep row) {
        return compiled.steps().stream()
                .filter(step -> step.row() == row)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> statements(CompiledStep step) {
        return step.operations().stream()
                .flatMap(operation -> operation.preview().stream())
                .toList();
    }

    private static List<Undo> undos(CompiledStep step) {
        return step.operations().stream()
                .map(Operation::info)
                .flatMap(info -> info.undos().stream())
                .toList();
    }

    @Test
    void itsRowsAreInAnOrderInWhichTheTableIsNeverThereWithChangesLeftOut() {
        assertThat(compile("8.0.31").steps())
                .extracting(CompiledStep::row)
                .containsExactly(
                        GuideStep.HOLD_APPLIER,
                        GuideStep.SNAPSHOT,
                        GuideStep.LOAD,
                        GuideStep.LEAVE_TABLE_OUT,
                        GuideStep.REACH_COPY,
                        GuideStep.PUT_TABLE_IN,
                        GuideStep.VERIFY);
        String aside = "`" + COPY.asideDatabase() + "`.`orders`";
        String copy = "`" + COPY.copyDatabase() + "`.`orders`";
        assertThat(statements(step(compile("8.0.31"), GuideStep.LEAVE_TABLE_OUT)))
                .containsExactly(
                        "STOP REPLICA SQL_THREAD FOR CHANNEL ''",
                        "SET SESSION sql_log_bin = 0",
                        "RENAME TABLE `shop`.`orders` TO " + aside,
                        "CHANGE REPLICATION FILTER REPLICATE_DO_DB = (), REPLICATE_IGNORE_DB = (), REPLICATE_DO_TABLE = (),"
                                + " REPLICATE_IGNORE_TABLE = (`shop`.`orders`), REPLICATE_WILD_DO_TABLE = ('shop.%'),"
                                + " REPLICATE_WILD_IGNORE_TABLE = ()");
        assertThat(statements(step(compile("8.0.31"), GuideStep.REACH_COPY)))
                .containsExactly(
                        "START REPLICA IO_THREAD FOR CHANNEL ''",
                        "START REPLICA SQL_THREAD UNTIL SOURCE_LOG_FILE = <coordinates of the snapshot: file>,"
                                + " SOURCE_LOG_POS = <coordinates of the snapshot: position> FOR CHANNEL ''");
        assertThat(statements(step(compile("8.0.31"), GuideStep.PUT_TABLE_IN)))
                .containsExactly(
                        "STOP REPLICA SQL_THREAD FOR CHANNEL ''",
                        "CHANGE REPLICATION FILTER REPLICATE_DO_DB = (), REPLICATE_IGNORE_DB = (), REPLICATE_DO_TABLE = (),"
                                + " REPLICATE_IGNORE_TABLE = (), REPLICATE_WILD_DO_TABLE = ('shop.%'),"
                                + " REPLICATE_WILD_IGNORE_TABLE = ()",
                        "SET SESSION sql_log_bin = 0",
                        "RENAME TABLE " + copy + " TO `shop`.`orders`",
                        "START REPLICA FOR CHANNEL ''");
    }

    @Test
    void theApplierGoesOnOnlyWhileATableIsInItsPlaceAndNeverWithTheOtherFilter() {
        List<Undo> held = undos(step(compile("8.0.31"), GuideStep.HOLD_APPLIER));

        assertThat(held)
                .filteredOn(undo -> undo.scope() == UndoScope.GUARD)
                .singleElement()
                .satisfies(guard -> {
                    assertThat(guard.preview())
                            .hasSize(3)
                            .anyMatch(line -> line.contains("REPLICATE_IGNORE_TABLE = ()"))
                            .last()
                            .isEqualTo("START REPLICA SQL_THREAD FOR CHANNEL ''");
                    assertThat(guard.onlyIf().orElseThrow().query()).contains("TABLE_NAME = 'orders'");
                });
        assertThat(held)
                .filteredOn(undo -> undo.scope() == UndoScope.TEMPORARY)
                .hasSize(2)
                .allMatch(undo -> undo.onlyIf().isPresent());
        assertThat(undos(step(compile("8.0.31"), GuideStep.LEAVE_TABLE_OUT)))
                .singleElement()
                .satisfies(guard -> {
                    assertThat(guard.scope()).isEqualTo(UndoScope.GUARD);
                    assertThat(guard.preview())
                            .hasSize(2)
                            .noneMatch(line -> line.startsWith("START"))
                            .last()
                            .asString()
                            .contains("REPLICATE_IGNORE_TABLE = ()");
                    assertThat(guard.onlyIf().orElseThrow().query()).contains("LOCATE('shop.orders', FILTER_RULE)");
                });
        assertThat(undos(step(compile("8.0.31"), GuideStep.REACH_COPY))).isEmpty();
        assertThat(undos(step(compile("8.0.31"), GuideStep.PUT_TABLE_IN))).isEmpty();
    }

    @Test
    void readOnlyIsLiftedForTheRunAndNoFurther() {
        CompiledPlan compiled = compile(
                COPY,
                TestFacts.source("8.0.31"),
                follower("8.0.31").with("super_read_only", "ON").with("read_only", "ON"));

        assertThat(statements(step(compiled, GuideStep.HOLD_APPLIER)))
                .startsWith("SET GLOBAL super_read_only = OFF")
                .doesNotContain("SET GLOBAL read_only = OFF");
        assertThat(undos(step(compiled, GuideStep.HOLD_APPLIER)).get(0).preview())
                .containsExactly("SET GLOBAL super_read_only = ON");
        assertThat(statements(step(compile("8.0.31"), GuideStep.HOLD_APPLIER)))
                .noneMatch(line -> line.contains("super_read_only"));
    }

    @Test
    void anOldReplicaIsToldInItsOwnWords() {
        assertThat(statements(step(compile("5.7.22"), GuideStep.REACH_COPY)))
                .last()
                .asString()
                .startsWith("START SLAVE SQL_THREAD UNTIL MASTER_LOG_FILE");
    }

    @Test
    void itTakesTwoConsentsOfItsOwn() {
        CopyTablePlan bare = CopyTablePlan.of(OF_SHOP, ORDERS);

        assertThatThrownBy(() -> compile(bare, TestFacts.source("8.0.31"), follower("8.0.31")))
                .isInstanceOf(PlanRejectedException.class)
                .hasMessageContaining("Consent.TABLE_REPLACEMENT")
                .hasMessageContaining("Consent.TABLE_COPY_LOCK");
        assertThat(refusals(bare.allow(Consent.TABLE_REPLACEMENT), TestFacts.source("8.0.31"), follower("8.0.31")))
                .containsExactly("CORE-105");
    }

    @Test
    void whatFactsShowIsRefusedAtOnce() {
        TestFacts source = TestFacts.source("8.0.31");

        assertThat(refusals(COPY, source, TestFacts.replica("8.0.31"))).containsExactly("EXT-126");
        assertThat(refusals(COPY, source.with("binlog_format", "MIXED"), follower("8.0.31")))
                .containsExactly("EXT-262");
        assertThat(refusals(COPY, source, follower("8.0.31").attached(7L))).containsExactly("EXT-263");
        assertThat(refusals(COPY, source, follower("8.0.31").followsToo("second")))
                .containsExactly("EXT-264");
    }

    @Test
    void itIsAboutATableOfTheScope() {
        assertThatThrownBy(() -> CopyTablePlan.of(OF_SHOP, TableName.of("other", "orders")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other.orders");
    }

    @Test
    void thePreviewSaysWhatItComesTo() {
        String text = compile("8.0.31").explain().text();

        assertThat(text)
                .contains("Copy the table shop.orders anew from ")
                .contains("the only way is on")
                .contains("released on every exit");
        assertThat(compile("8.0.31").fingerprint()).isEqualTo(compile("8.0.31").fingerprint());
    }

    @Test
    void itIsReadBackAsItWas() {
        CompiledPlan compiled = compile("8.0.31");

        assertThat(sluice.compiledPlanFromJson(sluice.toJson(compiled)).steps()).isEqualTo(compiled.steps());
        assertThat(sluice.planFromJson(sluice.toJson(COPY))).isEqualTo(COPY);
    }

    @Test
    void whatMayBeMissingIsToldWithItsGrants() {
        TestFacts poor = follower("8.0.31")
                .grants("GRANT SELECT, REPLICATION CLIENT, PROCESS, XA_RECOVER_ADMIN ON *.* TO 'admin'@'%'");

        assertThatThrownBy(() -> compile(COPY, TestFacts.source("8.0.31"), poor))
                .isInstanceOf(PlanRejectedException.class)
                .hasMessageContaining(COPY.copyDatabase().replace("_", "\\_"))
                .hasMessageContaining(COPY.asideDatabase().replace("_", "\\_"))
                .hasMessageContaining("REPLICATION_SLAVE_ADMIN")
                .hasMessageContaining("keep the copy out of the replica's own binary log");
    }
}
