// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.sluice.api.document.Document;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.StepResult;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.core.journal.JournalRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunHistoryTest {
    private static final Instant AT = Instant.EPOCH;

    /** The last word counts, as it does in the process that hears it. */
    @Test
    void whatWasFoundEqualIsKnownToWhoGoesOn() {
        RunHistory history = RunHistory.of(
                new RunId("r-1"),
                List.of(
                        new JournalRecord.RunOpened(AT, "f", Document.empty()),
                        new JournalRecord.TableCompared(AT, "shop", "t", 5, 5, 1),
                        new JournalRecord.TableCompared(AT, "shop", "t", 7, 7, 2)));

        assertThat(history.compared()).singleElement().satisfies(table -> {
            assertThat(table.table()).hasToString("shop.t");
            assertThat(table.result()).isEqualTo(TableComparison.Result.EQUAL);
            assertThat(table.sourceRows()).isEqualTo(7);
        });
    }

    @Test
    void whatPeopleSaidIsKnownToWhoGoesOn() {
        RunHistory history = RunHistory.of(
                new RunId("r-1"),
                List.of(
                        new JournalRecord.RunOpened(AT, "f", Document.empty()),
                        new JournalRecord.ActionConfirmed(AT, "restart/restart-server", "ada@example.com", ""),
                        new JournalRecord.ActionConfirmed(AT, "copy/tell", "ada@example.com", "log.000001 4"),
                        new JournalRecord.ActionConfirmed(AT, "copy/tell", "ada@example.com", "log.000003 4278")));
        RunMemory memory = new RunMemory(Clock.systemUTC(), null);

        memory.restoreTold(history.answers());

        assertThat(history.answers())
                .containsOnly(entry("restart/restart-server", ""), entry("copy/tell", "log.000003 4278"));
        assertThat(memory.told("copy/tell")).hasValue("log.000003 4278");
        assertThat(memory.told("copy/other")).isEmpty();
    }

    /** A process may die, or a server be away, while it looks whether there is anything left to do. */
    @Test
    void aStepThatWasOnlyLookedAtAgainStaysDone() {
        RunHistory history = RunHistory.of(
                new RunId("r-1"),
                List.of(
                        new JournalRecord.RunOpened(AT, "f", Document.empty()),
                        new JournalRecord.StepOpened(AT, "rds/load@1"),
                        new JournalRecord.StepClosed(AT, "rds/load@1", StepResult.Outcome.DONE, "there"),
                        new JournalRecord.StepOpened(AT, "rds/load@1"),
                        new JournalRecord.StepClosed(
                                AT, "rds/load@1", StepResult.Outcome.FAILED, "not to be reached")));

        assertThat(history.isDone("rds/load@1")).isTrue();
    }

    @Test
    void aStepOfWhichSomethingIsDoneAgainIsNotDone() {
        RunHistory history = RunHistory.of(
                new RunId("r-1"),
                List.of(
                        new JournalRecord.RunOpened(AT, "f", Document.empty()),
                        new JournalRecord.StepClosed(AT, "rds/load@1", StepResult.Outcome.DONE, "there"),
                        new JournalRecord.StepOpened(AT, "rds/load@1"),
                        new JournalRecord.OperationOpened(AT, "rds/load@1", "restore", 1)));

        assertThat(history.isDone("rds/load@1")).isFalse();
    }

    /** The first copy was dropped before the second began, and a table may be gone from the source since. */
    @Test
    void whatWasLoadedIsWhatTheLastCopyHasLoaded() {
        RunHistory history = RunHistory.of(
                new RunId("r-1"),
                List.of(
                        new JournalRecord.RunOpened(AT, "f", Document.empty()),
                        new JournalRecord.OperationOpened(AT, "core/load@1", "copy", 1),
                        new JournalRecord.TableLoaded(AT, "shop", "old", 5, 50),
                        new JournalRecord.RunResumed(AT),
                        new JournalRecord.OperationOpened(AT, "core/load@1", "copy", 1),
                        new JournalRecord.TableLoaded(AT, "shop", "t", 7, 70),
                        new JournalRecord.OperationClosed(AT, "core/load@1", "copy"),
                        new JournalRecord.OperationOpened(AT, "core/other@1", "other", 1)));

        assertThat(history.loadedTables().rows()).containsOnly(entry(TableName.of("shop", "t"), 7L));
        assertThat(history.rows()).isEqualTo(7);
    }
}
