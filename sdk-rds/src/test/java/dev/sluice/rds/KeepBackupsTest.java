// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.rds.aws.AwsClients;
import dev.sluice.testing.MockContext;
import dev.sluice.testing.MockFacts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Automated backups of a replica that is there, from facts alone. */
class KeepBackupsTest {
    private static final RdsMySql SOURCE =
            RdsMySql.instance("orders").region("eu-west-1").credentials("admin", Secret.env("A"));
    private static final RdsMySql REPLICA =
            RdsMySql.instance("orders-copy").region("eu-west-1").credentials("admin", Secret.env("B"));

    private static final MockFacts OFF = RdsFacts.mysql80().variable("log_bin", "OFF");

    private static ReplicationPlan plan() {
        return ReplicationPlan.from(SOURCE).to(REPLICA, RdsOption.keepingBackups(7));
    }

    private static StepDraft compile(RdsEngine engine, ReplicationPlan plan, MockFacts replica) {
        try (engine) {
            return engine.replicaSteps().stream()
                    .filter(step -> step.row() == GuideStep.KEEP_BACKUPS)
                    .findFirst()
                    .orElseThrow()
                    .compile(MockContext.of(plan, RdsFacts.source(RdsFacts.mysql80()), RdsFacts.replica(replica)));
        }
    }

    private static List<String> codes(StepDraft draft) {
        return draft.problems().stream()
                .map(Problem::code)
                .map(code -> code.id())
                .toList();
    }

    @Test
    void aPlanThatSaysNothingLeavesThemAsTheyAre() {
        StepDraft draft =
                compile(RdsEngine.create(), ReplicationPlan.from(SOURCE).to(REPLICA), OFF);

        assertThat(draft.operations()).isEmpty();
        assertThat(draft.problems()).isEmpty();
    }

    @Test
    void switchingThemOnInterruptsAndNeedsItsConsent() {
        assertThat(codes(compile(RdsEngine.create(), plan(), OFF))).containsExactly("RDS-352");

        StepDraft draft = compile(RdsEngine.create(), plan().allowBackupRetentionChange(), OFF);

        assertThat(draft.problems()).isEmpty();
        assertThat(draft.operations())
                .extracting(Operation::id)
                .containsExactly("keep-automated-backups", "wait-for-backups");
        assertThat(draft.operations().get(0).info().change()).isEqualTo(Change.DISRUPTS);
        assertThat(draft.operations().get(0).info().consent()).contains(Consent.BACKUP_RETENTION_CHANGE);
        assertThat(draft.operations().get(0).info().undos()).isEmpty();
        assertThat(draft.operations().get(0).preview())
                .contains("aws rds modify-db-instance --region eu-west-1 --db-instance-identifier orders-copy"
                        + " --backup-retention-period 7 --apply-immediately");
        assertThat(draft.notes()).anyMatch(note -> note.contains("restarts"));
    }

    @Test
    void keepingThemForLongerInterruptsNothing() {
        StepDraft draft = compile(RdsEngine.create(AwsClients.onlyGiven()), plan(), RdsFacts.mysql80());

        assertThat(draft.problems()).isEmpty();
        assertThat(draft.operations().get(0).info().change()).isEqualTo(Change.CHANGES);
        assertThat(draft.notes()).noneMatch(note -> note.contains("restarts"));
    }

    /** Nobody could see for how long, so that a person would be asked again in every run. */
    @Test
    void withoutClientsThoseThatAreOnStayAsTheyAre() {
        StepDraft draft = compile(RdsEngine.create(), plan(), RdsFacts.mysql80());

        assertThat(draft.operations()).isEmpty();
        assertThat(draft.notes()).anyMatch(note -> note.contains("only AWS could tell"));
    }

    @Test
    void aReplicaThatThePlanCreatesHasAnOptionOfItsOwn() {
        ReplicationPlan created = ReplicationPlan.from(SOURCE)
                .to(
                        RdsMySql.newInstance("copy").region("eu-west-1").credentials("admin", Secret.env("B")),
                        RdsOption.keepingBackups(7));

        assertThat(codes(compile(RdsEngine.create(), created, OFF))).containsExactly("RDS-207");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 36})
    void awsKeepsThemForOneToThirtyFiveDays(int days) {
        assertThatThrownBy(() -> RdsOption.keepingBackups(days)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itGoesToADocumentAndBack() {
        RdsCodec codec = new RdsCodec();

        assertThat(codec.readOption(codec.writeOption(RdsOption.keepingBackups(7))))
                .isEqualTo(RdsOption.keepingBackups(7));
    }
}
