// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A replica that follows somebody is not this run's, unless the run itself has pointed it there, or found it so. */
class ReplicaOwnerTest {
    private static final String LOOK = "SELECT who";

    private static ServerFacts replica(ChannelFacts... channels) {
        return new ServerFacts(
                FakeServer.ENGINE,
                new ServerAddress("db2", 3306),
                ServerVersion.of(8, 0, 31),
                "uuid-of-db2",
                2,
                true,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(channels),
                List.of(),
                "",
                List.of());
    }

    private static ServerSession following(String host) {
        return sql -> sql.equals(LOOK)
                ? List.of(Row.of(Map.of("who", "repl@" + host)))
                : List.of(Row.of(Map.of(
                        "Channel_Name",
                        "",
                        "Source_Host",
                        host,
                        "Source_Port",
                        "3306",
                        "Source_User",
                        "repl",
                        "Replica_IO_Running",
                        "Yes",
                        "Replica_SQL_Running",
                        "Yes")));
    }

    private static Undo pointing(String host) {
        return new Undo(
                UndoScope.ROLLBACK,
                "forget the source",
                Statement.of("RESET REPLICA ALL"),
                new Undo.OnlyIf(LOOK, "repl@" + host));
    }

    private static void check(ServerFacts atStart, ServerSession now, Undo... pointings) {
        new ReplicaOwner(atStart, Optional.empty()).requireFollowsNobodyElse(now, List.of(pointings));
    }

    @Test
    void whoFollowsNobodyIsFree() {
        assertThatCode(() -> check(replica(), sql -> List.of())).doesNotThrowAnyException();
        assertThatCode(() -> check(replica(), following(""))).doesNotThrowAnyException();
    }

    @Test
    void whoWasPointedSomewhereByAnotherIsNot() {
        assertThatThrownBy(() -> check(replica(), following("db1")))
                .isInstanceOfSatisfying(
                        StepRefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(RunCode.REPLICA_PASSED_ON))
                .hasMessageContaining("db1:3306");
    }

    @Test
    void whomThisRunHasPointedIsFreeAsLongAsNobodyElseHasSince() {
        assertThatCode(() -> check(replica(), following("db1"), pointing("db1")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check(replica(), following("db9"), pointing("db1")))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining("db9:3306");
    }

    /** No run points a replica that its provider replicates to. */
    @Test
    void whomItsProviderHasPointedIsFree() {
        ReplicaOwner ofProvider = new ReplicaOwner(replica(), Optional.of("repl"));
        ReplicaOwner ofAnother = new ReplicaOwner(replica(), Optional.of("rdsrepladmin"));

        assertThatCode(() -> ofProvider.requireFollowsNobodyElse(following("db1"), List.of()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ofAnother.requireFollowsNobodyElse(following("db1"), List.of()))
                .isInstanceOf(StepRefusedException.class);
    }

    @Test
    void whatWasSoWhenThePlanWasCompiledProvesNothing() {
        ServerFacts atStart =
                replica(new ChannelFacts("", "db1", 3306, "repl", "uuid-of-db1", false, true, "Yes", "Yes"));

        assertThatCode(() -> check(atStart, following("db1"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(atStart, following("db9"))).isInstanceOf(StepRefusedException.class);
    }

    /** The address of the same server may be another one, and two servers may have had the same. */
    @Test
    void replicasAreToldApartByWhatTheySayOfThemselves() {
        ReplicaTurns turns = new ReplicaTurns();
        ReplicaTurns.Turn first = turns.take(replica(), new RunId("r-1"));
        turns.take(replica(), new RunId("r-2"));

        assertThat(turns.lastAfter(first)).contains(new RunId("r-2"));
    }
}
