// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.END;
import static dev.sluice.external.Scenario.codes;
import static dev.sluice.external.Scenario.context;
import static dev.sluice.external.Scenario.replica;
import static dev.sluice.external.Scenario.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Row;
import dev.sluice.testing.MockContext;
import org.junit.jupiter.api.Test;

/** Nothing is deleted that anybody is seen to need. */
class PurgeBinlogsTest {
    private static final EndPlan PURGE = END.purgeBinlogsTo("binlog.000007");

    private final PurgeBinlogs purge = new PurgeBinlogs();

    private static ScriptedSession logs(String... files) {
        Row[] rows = new Row[files.length];
        for (int i = 0; i < files.length; i++) {
            rows[i] = ScriptedSession.row("Log_name", files[i], "File_size", "157");
        }
        return new ScriptedSession().answer("SHOW BINARY LOGS", rows);
    }

    /** A replica that knows no source any more. */
    private static ScriptedSession free() {
        return new ScriptedSession().answer("SHOW REPLICA STATUS");
    }

    private static ScriptedSession appliedUpTo(String file) {
        return new ScriptedSession()
                .answer(
                        "SHOW REPLICA STATUS",
                        ScriptedSession.row(
                                "Source_Host",
                                "10.0.0.1",
                                "Source_Port",
                                "3306",
                                "Source_User",
                                "sluice_repl",
                                "Source_UUID",
                                TestFacts.SOURCE_UUID,
                                "Relay_Source_Log_File",
                                file,
                                "Exec_Source_Log_Pos",
                                "157",
                                "Replica_IO_Running",
                                "No",
                                "Replica_SQL_Running",
                                "No"));
    }

    /** Nobody else is attached. */
    private MockContext alone(ScriptedSession sourceSession, ScriptedSession replicaSession) {
        return at(sourceSession.answer("SHOW REPLICAS").answer("SHOW PROCESSLIST"), replicaSession);
    }

    private MockContext at(ScriptedSession sourceSession, ScriptedSession replicaSession) {
        return context(PURGE, source(), replica())
                .at(purge)
                .sourceSession(sourceSession)
                .replicaSession(replicaSession);
    }

    @Test
    void theFileIsNamedAndTheRestDeleted() {
        assertThat(purge.compile(context(PURGE, source(), replica())).operations())
                .singleElement()
                .satisfies(one -> assertThat(one.preview()).containsExactly("PURGE BINARY LOGS TO 'binlog.000007'"));
        assertThat(purge.look(alone(logs("binlog.000006", "binlog.000007"), free())))
                .isInstanceOf(Look.Missing.class);
        assertThat(purge.look(at(logs("binlog.000007", "binlog.000008"), free())))
                .isInstanceOf(Look.Done.class);
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> purge.look(at(logs("binlog.000001", "binlog.000002"), free())))
                .hasMessageContainingAll("EXT-132", "binlog.000002");
    }

    @Test
    void aReplicaThatGoesOnLaterKeepsWhatItHasNotApplied() {
        assertThatThrownBy(
                        () -> purge.look(alone(logs("binlog.000006", "binlog.000007"), appliedUpTo("binlog.000006"))))
                .hasMessageContainingAll("EXT-133", "binlog.000006");
        assertThat(purge.look(alone(logs("binlog.000006", "binlog.000007"), appliedUpTo("binlog.000007"))))
                .isInstanceOf(Look.Missing.class);
    }

    @Test
    void otherReplicasKeepEverything() {
        Row other = ScriptedSession.row("Server_Id", "77");

        assertThatThrownBy(() ->
                        purge.look(at(logs("binlog.000006", "binlog.000007").answer("SHOW REPLICAS", other), free())))
                .hasMessageContainingAll("EXT-133", "77");
        assertThat(codes(purge.compile(context(PURGE, source().attached(77L), replica()))))
                .containsExactly("EXT-133");
    }

    @Test
    void whoReadsWithoutRegisteringIsWaitedFor() {
        Row reader = ScriptedSession.row("Command", "Binlog Dump GTID");

        assertThat(purge.look(at(
                        logs("binlog.000006", "binlog.000007")
                                .answer("SHOW REPLICAS")
                                .answer("SHOW PROCESSLIST", reader),
                        free())))
                .isInstanceOf(Look.Unknown.class);
    }
}
