// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.PLAN;
import static dev.sluice.external.Scenario.context;
import static dev.sluice.external.Scenario.replica;
import static dev.sluice.external.Scenario.source;
import static dev.sluice.external.Scenario.statements;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.Look;
import dev.sluice.testing.MockContext;
import org.junit.jupiter.api.Test;

class RedoLogTest {
    private static final String OFF = "ALTER INSTANCE DISABLE INNODB REDO_LOG";
    private static final String ON = "ALTER INSTANCE ENABLE INNODB REDO_LOG";

    private final DisableRedoLog disable = new DisableRedoLog();
    private final EnableRedoLog enable = new EnableRedoLog();
    private final ReplicationPlan plan = PLAN.allowRedoLogOff();

    @Test
    void itIsOffForTheLoadAndAGuardSwitchesItOn() {
        MockContext context = context(plan);

        assertThat(statements(disable, context)).containsExactly(OFF);
        assertThat(statements(enable, context)).containsExactly(ON);
        OperationInfo info = disable.compile(context).operations().get(0).info();
        assertThat(info.consent()).contains(Consent.REDO_LOG_OFF);
        assertThat(info.undos()).singleElement().satisfies(undo -> {
            assertThat(undo.scope()).isEqualTo(UndoScope.GUARD);
            assertThat(undo.statement().preview()).isEqualTo(ON);
            assertThat(undo.onlyIf()).isPresent();
        });
    }

    @Test
    void itStaysOnWhereTheVersionTheUserOrWhatTheServerHoldsForbids() {
        assertStaysOn(TestFacts.replica("8.0.20"), "8.0.21");
        assertStaysOn(replica().databases("hr"), "hr");
        assertStaysOn(replica().grants("GRANT PROCESS ON *.* TO `u`@`%`"), "INNODB_REDO_LOG_ENABLE");
        assertStaysOn(replica().grants("GRANT INNODB_REDO_LOG_ENABLE ON *.* TO `u`@`%`"), "PROCESS");
        assertThat(statements(
                        disable,
                        context(
                                plan,
                                source(),
                                replica()
                                        .grants(
                                                "GRANT PROCESS ON *.* TO `u`@`%`",
                                                "GRANT INNODB_REDO_LOG_ENABLE ON *.* TO `u`@`%`"))))
                .containsExactly(OFF);
    }

    private void assertStaysOn(TestFacts replica, String why) {
        MockContext context = context(plan, source(), replica);

        assertThat(statements(disable, context)).isEmpty();
        assertThat(disable.compile(context).notes()).singleElement().asString().contains(why);
        assertThat(disable.compile(context).problems()).isEmpty();
        assertThat(statements(enable, context)).isEmpty();
        assertThat(disable.look(context.at(disable))).isInstanceOf(Look.Done.class);
        assertThat(enable.look(context.at(enable))).isInstanceOf(Look.Done.class);
    }

    @Test
    void tablesThatCameMeanwhileKeepItOn() {
        MockContext context = context(plan).at(disable);

        assertThat(disable.look(context.replicaSession(server("ON", "0")))).isInstanceOf(Look.Missing.class);
        assertThat(disable.look(context.replicaSession(server("ON", "1")))).isInstanceOf(Look.Done.class);
        assertThat(disable.look(context.replicaSession(server("OFF", "0")))).isInstanceOf(Look.Done.class);
    }

    @Test
    void itIsOnWhenTheServerSaysSo() {
        MockContext context = context(plan).at(enable);

        assertThat(enable.look(context.replicaSession(server("OFF", "5")))).isInstanceOf(Look.Missing.class);
        assertThat(enable.look(context.replicaSession(server("ON", "5")))).isInstanceOf(Look.Done.class);
    }

    private static ScriptedSession server(String state, String tables) {
        return new ScriptedSession()
                .answer("SELECT VARIABLE_VALUE", ScriptedSession.row("VARIABLE_VALUE", state))
                .answer("SELECT (SELECT COUNT(*)", ScriptedSession.row("n", tables));
    }
}
