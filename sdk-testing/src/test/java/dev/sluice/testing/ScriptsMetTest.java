// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static dev.sluice.api.plan.GuideStep.CATCH_UP;
import static dev.sluice.api.plan.GuideStep.CREATE_REPLICATION_USER;
import static dev.sluice.api.plan.GuideStep.ENABLE_BINLOG;
import static dev.sluice.api.plan.GuideStep.ENABLE_REPLICATION;
import static dev.sluice.api.plan.GuideStep.LOAD;
import static dev.sluice.api.plan.GuideStep.PREPARE_REPLICA;
import static dev.sluice.api.plan.GuideStep.PROTECT_REPLICA;
import static dev.sluice.api.plan.GuideStep.RETAIN_BINLOGS;
import static dev.sluice.api.plan.GuideStep.SNAPSHOT;
import static dev.sluice.testing.MockFailure.lostAnswer;
import static dev.sluice.testing.MockFailure.refused;
import static dev.sluice.testing.MockFailure.transientError;
import static dev.sluice.testing.assertions.SluiceAssertions.assertThat;
import static dev.sluice.testing.assertions.SluiceAssertions.assertThatThrownBy;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.core.Sluice;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A script that no call has met is told, with what was called instead. */
@Timeout(60)
class ScriptsMetTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final MockEngine mock = MockEngine.create().clock(ManualClock.create());
    private final ReplicationPlan plan = ReplicationPlan.from(MockMySql.named("db1"))
            .to(MockMySql.named("db2"))
            .retainBinlogs(HOUR);

    private RunResult run() {
        try (Sluice sluice = mock.sluice().build()) {
            return sluice.start(sluice.compile(plan))
                    .completion()
                    .toCompletableFuture()
                    .join();
        }
    }

    @Test
    void aScriptOfEachKindCanBeMet() {
        mock.on(RETAIN_BINLOGS)
                .fails(2, transientError())
                .failsOnce(lostAnswer())
                .thenSucceeds();
        mock.on(CREATE_REPLICATION_USER).takes(Duration.ofMinutes(1)).showsAfterLooks(2);
        mock.on(PREPARE_REPLICA).isDoneAlready();
        mock.on(PROTECT_REPLICA).runs(() -> {});
        mock.on(CATCH_UP).failsOver(Duration.ofMinutes(1));

        assertThat(run()).succeeded();

        assertThat(mock).hasMetAllScripts();
    }

    @Test
    void aFailureForEverIsMetOnce() {
        mock.on(LOAD).thenFails(refused());

        assertThat(run()).failedIn(LOAD);

        assertThat(mock).hasMetAllScripts();
    }

    @Test
    void aScriptOfARowThatHasNothingToDoIsTold() {
        mock.on(ENABLE_BINLOG).failsOnce(transientError()).thenSucceeds();

        assertThat(run()).succeeded();

        assertThatThrownBy(() -> assertThat(mock).hasMetAllScripts())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("on(ENABLE_BINLOG).failsOnce(UNAVAILABLE): there was no call of ENABLE_BINLOG,"
                        + " only of RETAIN_BINLOGS, CREATE_REPLICATION_USER");
    }

    @Test
    void aFailureThatWasMetLessOftenIsToldWithTheCallsThatThereWere() {
        mock.on(SNAPSHOT).fails(2, refused());

        assertThat(run()).failedIn(SNAPSHOT);

        assertThat(mock.unmetScripts())
                .singleElement()
                .asString()
                .contains("on(SNAPSHOT).fails(2, REFUSED), met 1 of 2 times: calls of SNAPSHOT were ")
                .contains("PERFORM SNAPSHOT on db1: REFUSED");
    }

    @Test
    void whatARunDidNotComeToIsTold() {
        mock.on(CREATE_REPLICATION_USER).thenFails(refused());
        mock.on(LOAD).takes(HOUR).showsAfterLooks(1).runs(() -> {}).thenFails(refused());
        mock.on(ENABLE_REPLICATION).isDoneByPersonAfter(HOUR);
        mock.on(CATCH_UP).failsOverAndForgets(HOUR);
        mock.on(PROTECT_REPLICA).isDoneAlready();

        run();

        assertThat(mock.unmetScripts())
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "on(LOAD).thenFails(REFUSED)",
                        "on(LOAD).showsAfterLooks(1)",
                        "on(LOAD).runs(…)",
                        "on(LOAD).takes(…)",
                        "on(ENABLE_REPLICATION).isDoneByPersonAfter(…)",
                        "on(CATCH_UP).failsOverAndForgets(…)",
                        "on(PROTECT_REPLICA).isDoneAlready()");
    }

    @Test
    void whatWasTakenBackNeedNotBeMet() {
        mock.on(ENABLE_BINLOG).thenFails(refused());
        mock.on(ENABLE_BINLOG).takes(HOUR);

        mock.on(ENABLE_BINLOG).takes(Duration.ZERO).thenSucceeds();

        assertThat(mock).hasMetAllScripts();
    }

    @Test
    void withoutAnyCallThatIsSaid() {
        mock.on(LOAD).failsOnce(transientError());

        assertThat(mock.unmetScripts())
                .containsExactly("on(LOAD).failsOnce(UNAVAILABLE): there was no call of LOAD, nor of any other row");
    }
}
