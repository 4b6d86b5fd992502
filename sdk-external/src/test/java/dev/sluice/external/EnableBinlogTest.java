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

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.testing.MockContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EnableBinlogTest {
    private final EnableBinlog step = new EnableBinlog();

    private static ScriptedSession showing(String log, String format, String image, String id) {
        return new ScriptedSession()
                .variable("log_bin", log)
                .variable("binlog_format", format)
                .variable("binlog_row_image", image)
                .variable("server_id", id);
    }

    @Test
    void aLogThatIsOffIsAProblemThatNamesTheLinesAndTheConsent() {
        StepDraft draft = step.compile(context(PLAN, source().with("log_bin", "OFF"), replica()));

        assertThat(codes(draft)).containsExactly("EXT-111");
        assertThat(draft.operations()).isEmpty();
        assertThat(draft.problems().get(0).remedy()).contains("log-bin=binlog", "server-id=1", ".allowSourceRestart()");
    }

    @Test
    void withTheConsentAPersonIsAskedForTheRestartWithinThePlansDeadline() {
        MockContext context = context(
                PLAN.allowSourceRestart().deadline(GuideStep.ENABLE_BINLOG, Duration.ofHours(2)),
                source().with("log_bin", "OFF"),
                replica());

        assertThat(step.compile(context).operations())
                .singleElement()
                .isInstanceOfSatisfying(
                        PersonOperation.class,
                        asked -> assertThat(asked.deadline()).isEqualTo(Duration.ofHours(2)));
    }

    @Test
    void withoutAServerIdItGetsAFreeOne() {
        MockContext context = context(PLAN, source().serverId(0), replica());

        assertThat(statements(step, context)).singleElement().asString().matches("SET PERSIST server_id = [1-9]\\d*");
    }

    @Test
    void whatIsMissingNowIsWhatIsStillDone() {
        MockContext context =
                context(PLAN, source().with("binlog_format", "MIXED").with("binlog_row_image", "MINIMAL"), replica());

        Look look = step.look(context.at(step).sourceSession(showing("ON", "ROW", "MINIMAL", "1")));

        assertThat(look)
                .isInstanceOfSatisfying(
                        Look.Missing.class,
                        missing -> assertThat(missing.operationIds()).containsExactly("set-binlog-row-image"));
    }

    @Test
    void aServerThatIsAsItShouldBeIsDone() {
        assertThat(step.look(context(PLAN).at(step).sourceSession(showing("ON", "ROW", "FULL", "1"))))
                .isInstanceOf(Look.Done.class);
    }

    @Test
    void aServerThatChangedSinceCompilingIsRefused() {
        MockContext context = context(PLAN).at(step).sourceSession(showing("ON", "STATEMENT", "FULL", "1"));

        assertThatThrownBy(() -> step.look(context))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining("EXT-101")
                .hasMessageContaining("binlog_format=STATEMENT");
    }

    @Test
    void theRestartIsMissingAsLongAsOneOfItsOptionsIs() {
        MockContext context = context(
                PLAN.allowSourceRestart(), source().with("log_bin", "OFF").with("binlog_format", "MIXED"), replica());

        Look look = step.look(context.at(step).sourceSession(showing("ON", "MIXED", "FULL", "1")));

        assertThat(look)
                .isInstanceOfSatisfying(
                        Look.Missing.class,
                        missing -> assertThat(missing.operationIds()).containsExactly("restart-with-binlog"));
    }

    @Test
    void aFreeIdIsAlwaysTheSameAndNobodyElses() {
        long first = FreeServerId.of(replica().facts(), source().facts());
        long second =
                FreeServerId.of(replica().facts(), source().attached(first).facts());

        assertThat(FreeServerId.of(replica().facts(), source().facts())).isEqualTo(first);
        assertThat(first).isBetween(3L, 0xFFFF_FFFFL);
        assertThat(second).isEqualTo(first + 1);
    }
}
