// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.api.run.StepResult.Outcome;
import dev.sluice.api.run.TableProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayTest {
    private static final Story RUN = Story.of("r-1");

    private final Screen screen = new Screen(120, 30);
    private final Display display = new Display(screen::write);
    private Instant now = Story.BEGIN;

    @Test
    void aCopyHasABarForTheWholeAndOnePerTable() {
        hear(RUN.started(), RUN.begins(GuideStep.LOAD), RUN.copied("small"), RUN.copies(30_000, 100_000, 2));
        onTerminal();

        assertThat(screen.shown())
                .endsWith(
                        "Copying        [=======>                ]  30%  1 min 35 s left  45,000 rows/s  2.3 MB/s  30,000 of about 100,000 rows",
                        "  shop.table_0 [=======================>]  99%  15,000 rows  5.0 kB",
                        "  shop.table_1 [=======================>]  99%  15,000 rows  5.0 kB");
    }

    @Test
    void ofHundredsOfTablesTheBiggestAreShown() {
        hear(RUN.started(), RUN.begins(GuideStep.LOAD), RUN.copies(3_000, 100_000, 400));
        onTerminal();

        assertThat(bars()).hasSize(9);
        assertThat(bars().get(1)).startsWith("  shop.table_0 ");
        assertThat(bars().get(8)).startsWith("  shop.table_7 ");
    }

    @ParameterizedTest
    @CsvSource({"40, 10", "50, 12", "79, 24", "200, 60"})
    void noLineIsWiderThanItsWindow(int columns, int rows) {
        List<String> frames = new ArrayList<>();
        Display shown = new Display(frames::add);
        List.of(RUN.started(), RUN.begins(GuideStep.LOAD), RUN.copies(30_000, 100_000, 4), RUN.pauses("x".repeat(300)))
                .forEach(event -> shown.hear(event, now));
        frames.clear();
        shown.tick(Optional.of(new TerminalSize(columns, rows)), now);

        List<String> drawn = Pattern.compile("\u001b\\[2K([^\u001b]*)")
                .matcher(frames.get(0))
                .results()
                .map(line -> line.group(1))
                .toList();
        assertThat(drawn).hasSizeBetween(2, rows / 3).allMatch(line -> line.length() < columns);
        assertThat(drawn.get(0)).startsWith("Copying").contains("30%");
    }

    @Test
    void aStepWithoutABarTellsItsTimeAndTheLag() {
        hear(RUN.started(), RUN.begins(GuideStep.CATCH_UP), RUN.isBehind(17));
        now = now.plusSeconds(42);
        onTerminal();

        assertThat(last()).isEqualTo("[ 1/12] Catch up with the source, 42 s: the replica is 17 s behind");
    }

    @Test
    void aComparisonHasABar() {
        hear(RUN.started(), RUN.begins(GuideStep.VERIFY), RUN.compares(45, 12, 50_000, 3));
        onTerminal();

        assertThat(last())
                .startsWith("Comparing [======>")
                .endsWith(" 25%  12 of 45 tables  50,000 of about 200,000 rows  3 rows looked at again");
    }

    @Test
    void whyNothingMovesIsShown() {
        hear(RUN.started(), RUN.begins(GuideStep.LOAD), RUN.copies(10, 100, 0), RUN.pauses("41 threads run"));
        onTerminal();
        assertThat(last()).contains("10%  paused: 41 threads run  ");

        hear(RUN.goesOn(Duration.ofSeconds(30)), RUN.copies(11, 100, 0), RUN.retries(1));
        onTerminal();
        assertThat(last()).contains("11%  try 2 in 8.0 s  ");

        hear(RUN.ends(GuideStep.LOAD, Outcome.DONE, ""), RUN.begins(GuideStep.ENABLE_REPLICATION));
        hear(RUN.is(RunState.WAITING_FOR_PERSON));
        onTerminal();
        assertThat(last()).contains("Enable replication on the replica, 0.0 s: waits for a person");
    }

    @Test
    void aRunThatIsCancelledHasNoBarThatStandsStill() {
        hear(RUN.started(), RUN.begins(GuideStep.LOAD), RUN.copies(10, 100, 0));
        now = now.plusSeconds(42);
        hear(RUN.is(RunState.CANCELLING));
        onTerminal();

        assertThat(last())
                .isEqualTo(
                        "[ 1/12] Load the snapshot into the replica, 0.0 s: cancelled, takes back what it has changed");
    }

    @Test
    void whenTheRunHasEndedTheBarsAreGone() {
        hear(RUN.started(), RUN.begins(GuideStep.LOAD), RUN.copies(30_000, 100_000, 2));
        onTerminal();
        hear(RUN.finishes(RunState.FAILED, List.of("the database shop on the replica")));
        onTerminal();

        assertThat(screen.shown().stream().filter(line -> !line.isEmpty()))
                .containsExactly(
                        "Run r-1: 12 steps",
                        "Run r-1 failed after 1 h 1 min: the server said no (TEST-001). Remedy: Do something",
                        "    still in place: the database shop on the replica");
    }

    @Test
    void runsSideBySideHaveALineEach() {
        Story other = Story.of("r-2");
        hear(RUN.started(), other.started(), RUN.begins(GuideStep.LOAD), other.begins(GuideStep.SNAPSHOT));
        hear(RUN.copies(50_000, 100_000, 4));
        onTerminal();

        assertThat(bars()).singleElement().asString().startsWith("Copying");
        assertThat(last()).startsWith("r-2 [ 1/12] Take a snapshot");
    }

    @Test
    void aResumedRunCountsItsStepsAnew() {
        hear(RUN.resumed(), RUN.begins(GuideStep.ENABLE_BINLOG));
        hear(
                RUN.ends(GuideStep.ENABLE_BINLOG, Outcome.ALREADY_DONE, "log_bin=ON"),
                RUN.begins(GuideStep.RETAIN_BINLOGS));
        hear(new RunEvent.CopyStartsOver(
                RUN.run(), now, dev.sluice.api.spi.StepKey.parse("core/load@1"), List.of("a", "b")));

        assertThat(screen.all())
                .startsWith(
                        "Run r-1 goes on: 12 steps, what was done before is looked at",
                        "  [ 1/12] as it is Enable binary logging on the source, 1 min 15 s: log_bin=ON",
                        "    the copy starts over: its snapshots were gone; 2 things that it had made were dropped");
    }

    @Test
    void namesCannotOrderTheTerminal() {
        TableProgress hostile = new TableProgress(TableName.of("a", "\u001b[2Jx\r\u202eevil\u009b5m"), 1, 2, 3);
        hear(new RunEvent.Progress(RUN.run(), now, 1, 2, 3, 4, 5, 6, null, List.of(hostile)));
        onTerminal();
        hear(RUN.ends(GuideStep.LOAD, Outcome.FAILED, "\u001b]0;title\u0007 two\nlines"));

        assertThat(screen.all()).anyMatch(line -> line.startsWith("  a.?[2Jx ?evil?5m"));
        assertThat(screen.all())
                .anyMatch(line ->
                        line.endsWith("FAILED   " + GuideStep.LOAD.title() + ", 1 min 15 s: ?]0;title? two lines"));
    }

    @Test
    void aPersonReadsWhatToDo() {
        hear(new RunEvent.PersonNeeded(
                RUN.run(),
                now,
                new PendingAction(
                        "replica/modify",
                        "backups are needed",
                        List.of("aws rds modify-db-instance", "and wait"),
                        Instant.parse("2026-11-29T10:00:17Z"),
                        null)));

        assertThat(screen.all())
                .startsWith(
                        "  A person is needed: backups are needed",
                        "      aws rds modify-db-instance",
                        "      and wait",
                        "      then confirm the action replica/modify, until 2026-11-29T10:00:00Z");
    }

    @Test
    void withoutATerminalACopyOfDaysIsSomeHundredLines() {
        StringBuilder said = new StringBuilder();
        Display plain = new Display(said::append);
        plain.hear(RUN.started(), now);
        plain.hear(RUN.begins(GuideStep.LOAD), now);
        int seconds = 3 * 86_400;
        for (int second = 0; second < seconds; second++) {
            now = now.plusSeconds(1);
            plain.hear(RUN.copies(second, seconds, 3), now);
            plain.tick(Optional.empty(), now);
        }

        assertThat(said.toString().lines().count()).isBetween(1_000L, 2_200L);
        assertThat(said.toString().lines().limit(4))
                .containsExactly("Run r-1: 12 steps", line("2.0 s: 0%", 1), line("6.0 s: 0%", 5), line("14 s: 0%", 13));
        assertThat(said).doesNotContain("\u001b");
    }

    private static String line(String time, int rows) {
        return "    [ 1/12] Load the snapshot into the replica, " + time
                + ", 1 min 35 s left, 45,000 rows/s, 2.3 MB/s, " + rows + " of about 259,200 rows, now at shop.table_0";
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100, 10_000})
    void retriesAndPausesWithoutEndDoNotFillALog(int times) {
        StringBuilder said = new StringBuilder();
        Display plain = new Display(said::append);
        plain.hear(RUN.begins(GuideStep.LOAD), now);
        for (int i = 1; i <= times; i++) {
            now = now.plusMillis(200);
            plain.hear(RUN.retries(i), now);
            plain.hear(RUN.pauses(i + " threads run"), now);
            plain.hear(RUN.goesOn(Duration.ofMillis(100)), now);
        }

        assertThat(said.toString()
                        .lines()
                        .filter(line -> line.contains("failed"))
                        .count())
                .isLessThanOrEqualTo(16);
        assertThat(said.toString()
                        .lines()
                        .filter(line -> line.contains("pauses"))
                        .count())
                .isBetween(1L, 25L);
    }

    @Test
    void aWindowThatBecomesTooSmallGetsLines() {
        hear(RUN.started(), RUN.begins(GuideStep.LOAD), RUN.copies(30_000, 100_000, 2));
        onTerminal();
        screen.resize(30, 5);
        now = now.plusSeconds(10);
        onTerminal();

        assertThat(screen.all()).anyMatch(line -> line.startsWith("    [ 1/12] Load the"));
    }

    private void hear(RunEvent... events) {
        List.of(events).forEach(event -> display.hear(event, now));
    }

    private void onTerminal() {
        display.tick(Optional.of(screen.size()), now);
    }

    private String last() {
        return screen.shown().get(screen.shown().size() - 1);
    }

    private List<String> bars() {
        return screen.shown().stream().filter(line -> line.contains("%")).toList();
    }

    /** Nothing but what stays, however often it is drawn. */
    @Test
    void drawingAgainChangesNothing() {
        hear(RUN.started(), RUN.begins(GuideStep.LOAD), RUN.copies(30_000, 100_000, 2));
        onTerminal();
        List<String> before = screen.all();
        IntStream.range(0, 50).forEach(i -> onTerminal());

        assertThat(screen.all()).isEqualTo(before);
    }
}
