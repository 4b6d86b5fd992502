// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.api.secret.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReplicationPlanTest {
    private final TestServer source = new TestServer("db1");
    private final TestServer replica = new TestServer("db2");
    private final ReplicationPlan plan = ReplicationPlan.from(source).to(replica);

    @Test
    void fromAndToAloneAreAPlanWithSafeDefaults() {
        assertThat(plan.positioning()).isEqualTo(Positioning.GTID_WHERE_BOTH_ALLOW);
        assertThat(plan.scope().isEverything()).isTrue();
        assertThat(plan.consents()).isEmpty();
        assertThat(plan.binlogRetention()).isEmpty();
        assertThat(plan.lastStep()).isEqualTo(GuideStep.RELAX_RETENTION);
        assertThat(plan.replicationAccount()).isEqualTo(ReplicationAccount.DEFAULT);
    }

    @Test
    void everyCallLeavesThePlanBeforeUnchanged() {
        ReplicationPlan other =
                plan.withGtid().retainBinlogs(Duration.ofHours(144)).databases("orders");

        assertThat(plan).isEqualTo(ReplicationPlan.from(source).to(replica));
        assertThat(other).isNotEqualTo(plan);
        assertThat(other.binlogRetention()).contains(Duration.ofHours(144));
    }

    @Test
    void equalPlansAreEqualWhateverTheOrderOfCalls() {
        ReplicationPlan one =
                plan.withGtid().databases("a").databases("b").allowPlainText().allowUnsupportedPair();
        ReplicationPlan two =
                plan.allowUnsupportedPair().databases("b", "a").allowPlainText().withGtid();

        assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
    }

    @Test
    void theLastPositioningCounts() {
        assertThat(plan.withGtid().withBinlogPosition().positioning()).isEqualTo(Positioning.BINLOG_POSITION);
    }

    @Test
    void retentionUnderOneHourIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan.retainBinlogs(Duration.ofMinutes(59)))
                .withMessageContaining("PT59M");
    }

    @Test
    void retentionOfAFractionOfAnHourIsRefusedNotRounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan.retainBinlogs(Duration.ofMinutes(90)))
                .withMessageContaining("whole hours");
    }

    @Test
    void oneEndpointOnBothEndsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReplicationPlan.from(source).to(source))
                .withMessageContaining("same endpoint");
    }

    @Test
    void aLockWindowOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> plan.lockAtMost(Duration.ofMillis(999)));
        assertThatIllegalArgumentException().isThrownBy(() -> plan.lockAtMost(Duration.ofSeconds(61)));
        assertThat(plan.lockAtMost(Duration.ofSeconds(60)).lockWindow()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void snapshotLimitsAreTheDefaultsUnlessThePlanSaysOtherwise() {
        SnapshotLimits others = SnapshotLimits.DEFAULT
                .age(Duration.ofHours(1), Duration.ofHours(2))
                .history(5, 6);

        assertThat(plan.snapshotLimits()).isEqualTo(SnapshotLimits.DEFAULT);
        assertThat(plan.snapshotLimits(others).snapshotLimits()).isEqualTo(others);
        assertThat(plan.snapshotLimits(others)).isNotEqualTo(plan);
    }

    @Test
    void aPlanEndsNoLaterThanItsOwnRows() {
        assertThatIllegalArgumentException().isThrownBy(() -> plan.until(GuideStep.RESET_REPLICA));
    }

    @Test
    void namingTheUserKeepsTheHostThatWasNamedBefore() {
        ReplicationAccount account = plan.replicationUserHost("10.0.%")
                .replicationUser("repl", Secret.env("REPL"))
                .replicationAccount();

        assertThat(account).isEqualTo(new ReplicationAccount("repl", "10.0.%", Secret.env("REPL")));
    }

    @Test
    void noSecretIsPrinted() {
        assertThat(plan.replicationUser("repl", Secret.env("REPL_PASSWORD")).toString())
                .doesNotContain("REPL_PASSWORD")
                .doesNotContain("PASSWORD");
    }

    @Test
    void positioningBeforeTheReplicaDoesNotCompile() {
        assertThat(Compiling.errorsIn("ReplicationPlan.from(new TestServer(\"a\")).withGtid()"))
                .singleElement()
                .asString()
                .contains("withGtid");
    }

    @Test
    void anOptionOfAnotherKindOfServerDoesNotCompile() {
        assertThat(Compiling.errorsIn("ReplicationPlan.from(new TestServer(\"a\"), new TestServer.Faster(\"x\"))"))
                .isEmpty();
        assertThat(Compiling.errorsIn("ReplicationPlan.from(new TestServer(\"a\"), new Compiling.OptionOfAnother())"))
                .isNotEmpty();
    }
}
