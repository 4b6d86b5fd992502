// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.secret.Secret;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.MockFacts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans whose replica a person creates, since there are no credentials for AWS, from facts alone. */
class ByHandCompileTest {
    private static final AuroraMySql SOURCE =
            AuroraMySql.cluster("orders").region("eu-west-1").credentials("admin", Secret.env("A"));
    private static final NewAuroraCluster REPLICA =
            AuroraMySql.newCluster("orders-copy").region("eu-west-1").credentials("admin", Secret.env("A"));

    private final Sluice sluice = Sluice.builder()
            .journal(Journal.inMemory())
            .engines(AuroraEngine.create())
            .build();

    @AfterEach
    void close() {
        sluice.close();
    }

    private static ReplicationPlan plan(NewAuroraCluster replica, Seed seed) {
        return ReplicationPlan.from(SOURCE)
                .to(replica)
                .replicationUserHost("10.0.%")
                .seedWith(seed);
    }

    private CompiledPlan compile(ReplicationPlan plan, MockFacts facts) {
        ServerFacts source = AuroraFactsOf.source(facts);
        return sluice.compile(plan, source, source.expectedOfCopy(AuroraEngine.ID));
    }

    private static CompiledStep load(CompiledPlan compiled) {
        return compiled.steps().stream()
                .filter(one -> one.row() == GuideStep.LOAD)
                .findFirst()
                .orElseThrow();
    }

    private void assertRefused(ReplicationPlan plan, MockFacts facts, String code) {
        assertThatThrownBy(() -> compile(plan, facts))
                .isInstanceOfSatisfying(
                        PlanRejectedException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(problem -> problem.code().id())
                                .contains(code));
    }

    @Test
    void thePersonIsAskedWhereTheCopyBegins() {
        CompiledPlan compiled =
                compile(plan(REPLICA.at("copy.example", 3306), AuroraSeed.CLUSTER_CLONE), AuroraFactsOf.version3());

        CompiledStep load = load(compiled);
        assertThat(load.operations())
                .extracting(Operation::id)
                .containsExactly("create-cluster", "create-writer", "tell-where-it-begins", "wait-until-it-answers");
        assertThat(load.operations().get(2)).isInstanceOfSatisfying(PersonOperation.class, telling -> {
            assertThat(telling.instructions())
                    .singleElement()
                    .asString()
                    .startsWith("aws rds describe-events --region eu-west-1 --source-type db-instance"
                            + " --source-identifier orders-copy-instance-1");
            assertThat(telling.preview().get(1)).contains("Binlog position from crash recovery is");
        });
        assertThat(load.operations().get(3).fills().get(0)).isEqualTo(Slot.SNAPSHOT_COORDINATES);
        assertThat(load(sluice.compiledPlanFromJson(sluice.toJson(compiled)))).isEqualTo(load);
    }

    @Test
    void theSnapshotIsTakenTogetherWithItsRestore() {
        CompiledPlan compiled =
                compile(plan(REPLICA.at("copy.example", 3306), AuroraSeed.CLUSTER_SNAPSHOT), AuroraFactsOf.version3());

        assertThat(load(compiled).operations())
                .extracting(Operation::id)
                .startsWith("create-cluster-snapshot", "create-cluster", "create-writer");
        assertThat(compiled.steps())
                .filteredOn(step -> step.row() == GuideStep.SNAPSHOT)
                .singleElement()
                .satisfies(step -> assertThat(step.operations()).isEmpty());
    }

    @Test
    void whereItWillAnswerHasToBeKnown() {
        assertRefused(plan(REPLICA, AuroraSeed.CLUSTER_CLONE), AuroraFactsOf.version3(), "AWS-101");
    }

    /** Disabling them would be a change in the log by which the copy proves where it began. */
    @Test
    void enabledEventsAreRefused() {
        MockFacts facts = AuroraFactsOf.version3()
                .event(new EventFacts(
                        new TableName("shop", "nightly"),
                        "ENABLED",
                        "admin",
                        "%",
                        "utf8mb4",
                        "utf8mb4_general_ci",
                        true))
                .variable("event_scheduler", "OFF");

        assertRefused(plan(REPLICA.at("copy.example", 3306), AuroraSeed.CLUSTER_CLONE), facts, "RDS-323");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Binlog position from crash recovery is mysql-bin-changelog.000003 4278",
                "mysql-bin-changelog.000003 4278",
                "  \"Binlog position\nfrom crash recovery is mysql-bin-changelog.000003   4278 \n"
            })
    void aPositionIsTheEndOfWhatIsTold(String told) {
        assertThat(told).matches(ToldPosition.PATTERN);
        assertThat(ToldPosition.in(told)).isEqualTo(new BinlogPosition("mysql-bin-changelog.000003", 4278));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "done",
                "mysql-bin-changelog.000003",
                "mysql-bin-changelog.000003 3",
                "mysql-bin-changelog.000003 -4278",
                "mysql-bin-changelog.000003 99999999999999999999",
                "mysql-bin-changelog 4278",
                "mysql-bin-changelog.000003 4278 or so"
            })
    void whatIsNoPositionIsNoAnswer(String told) {
        assertThat(told).doesNotMatch(ToldPosition.PATTERN);
    }
}
