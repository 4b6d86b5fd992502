// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.run.Figure;
import dev.sluice.api.run.LagRange;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.api.run.ReplicationState;
import dev.sluice.api.run.ReplicationState.Half;
import dev.sluice.api.run.ReplicationState.Halves;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Judgements of status rows, source positions and beats in a row, without a server. */
class ChannelWatchTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final SourceSight AWAY = new SourceSight.Away("Connection refused");

    private final ChannelWatch watch = new ChannelWatch(MonitorSettings.DEFAULTS);
    private final HeartbeatLedger ledger = new HeartbeatLedger();
    private BeatSight beat = BeatSight.NONE;
    private long second;

    private static StatusRow row() {
        return StatusRow.of80();
    }

    /** The source has written this many transactions, of ten bytes each. */
    private SourceSight.Seen at(long gtid) {
        return new SourceSight.Seen(
                new Coordinates(
                        StatusRow.SOURCE,
                        "",
                        new BinlogPosition("bin.000003", gtid * 10),
                        MySqlGtidSet.parse(StatusRow.SOURCE + ":1-" + gtid),
                        START.plusSeconds(second),
                        "test"),
                asked(second),
                Map.of());
    }

    private static Asked asked(long second) {
        return new Asked(Duration.ofSeconds(second), Duration.ofSeconds(second));
    }

    private ReplicationState see(StatusRow row, SourceSight source) {
        return watch.see(row.read(), asked(second), source, beat, START.plusSeconds(second));
    }

    private void after(long seconds) {
        second += seconds;
    }

    private static void is(ReplicationHealth expected, ReplicationState state) {
        assertThat(state.health()).as(state.reason()).isEqualTo(expected);
    }

    @Test
    void aReplicaThatHasEverythingIsInTimeAndIdleOnceTheSourceIsQuiet() {
        is(ReplicationHealth.IN_TIME, see(row().applied(100), at(100)));
        after(9);
        is(ReplicationHealth.IN_TIME, see(row().applied(100), at(100)));
        after(1);
        ReplicationState idle = see(row().applied(100), at(100));

        is(ReplicationHealth.IDLE, idle);
        assertThat(idle.since()).isEqualTo(START.plusSeconds(10));
        assertThat(idle.lag().transactions()).isEqualTo(Figure.of(0));
        assertThat(idle.lag().bytes()).isEqualTo(Figure.of(0));
        assertThat(idle.lag().byPosition()).contains(new LagRange(Duration.ZERO, Duration.ZERO));
        after(1);
        is(ReplicationHealth.IN_TIME, see(row().fetched(101).applied(101), at(101)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothSpellingsAreJudgedAlike(boolean old) {
        StatusRow row = (old ? StatusRow.of57() : StatusRow.of80()).applied(70);
        see(row, at(100));
        after(30);
        ReplicationState behind = see(row, at(120));

        is(ReplicationHealth.CATCHING_UP, behind);
        assertThat(behind.lag().transactions()).isEqualTo(Figure.of(50));
        assertThat(behind.lag().bytes()).isEqualTo(Figure.of(500));
        assertThat(behind.lag().bytesToFetch()).isEqualTo(Figure.of(200));
        assertThat(behind.lag().byServer()).contains(Duration.ofSeconds(1));
        assertThat(behind.lag().byPosition()).contains(new LagRange(Duration.ofSeconds(30), null));
        assertThat(behind.positions().applied()).contains(new BinlogPosition("bin.000003", 700));
    }

    /** A stale zero right after START REPLICA, when little was fetched yet. */
    @Test
    void theServersZeroCountsForNothingWhileTheSourceIsAhead() {
        StatusRow zero = row().fetched(90).applied(90).with("Seconds_Behind_Source", "0");
        see(zero, at(5000));
        after(20);

        ReplicationState state = see(row().fetched(95).applied(95).with("Seconds_Behind_Source", "0"), at(5000));
        is(ReplicationHealth.CATCHING_UP, state);
        assertThat(state.lag().byServer()).contains(Duration.ZERO);
        assertThat(state.lag().best()).contains(Duration.ofSeconds(20));
    }

    @Test
    void aDeadReceiverWhoseApplierHasDrainedIsNoReplicaInTime() {
        StatusRow dead = row().applied(100).with("Replica_IO_Running", "No").with("Seconds_Behind_Source", "0");
        see(dead, at(100));
        after(60);
        ReplicationState state = see(dead, at(160));

        is(ReplicationHealth.RECEIVER_STOPPED, state);
        assertThat(state.lag().byServer()).isEmpty();
        assertThat(state.lag().byPosition()).contains(new LagRange(Duration.ZERO, Duration.ofSeconds(60)));
        assertThat(state.lag().transactions()).isEqualTo(Figure.of(60));
    }

    @Test
    void byFileAndPositionTransactionsAreUnknownAndSaidWhy() {
        ReplicationState state = see(row().positions().applied(70), at(100));

        assertThat(state.lag().transactions().value()).isEmpty();
        assertThat(state.lag().transactions().whyUnknown()).contains("file and position");
        assertThat(state.lag().bytes()).isEqualTo(Figure.of(300));
    }

    @ParameterizedTest
    @CsvSource({
        "Yes, 0, No, 0, APPLIER_STOPPED",
        "Yes, 0, No, 1062, APPLIER_FAILED",
        "No, 0, Yes, 0, RECEIVER_STOPPED",
        "No, 13114, Yes, 0, RECEIVER_FAILED",
        "No, 0, No, 0, STOPPED",
        "Connecting, 2003, Yes, 0, LINK_DOWN",
        "Connecting, 1045, Yes, 0, SOURCE_REFUSES",
        "Connecting, 2061, Yes, 0, SOURCE_REFUSES",
        "Connecting, 0, Yes, 0, CONNECTING"
    })
    void eachHalfHasItsAnswer(
            String receiver, String error, String applier, String applierError, ReplicationHealth expected) {
        StatusRow row = row().with("Replica_IO_Running", receiver)
                .with("Last_IO_Errno", error)
                .with("Replica_SQL_Running", applier)
                .with("Last_SQL_Errno", applierError);

        ReplicationState state = see(row, at(100));

        is(expected, state);
        Half receives = receiver.equals("Yes") ? Half.RUNNING : receiver.equals("No") ? Half.STOPPED : Half.CONNECTING;
        Half applies = applier.equals("Yes") ? Half.RUNNING : Half.STOPPED;
        assertThat(state.halves()).isEqualTo(new Halves(receives, applies));
    }

    @Test
    void aSourceThatNobodyReachesIsDownAndOneThatAnswersHereIsNot() {
        StatusRow retrying = row().with("Replica_IO_Running", "Connecting").with("Last_IO_Errno", "2003");

        ReplicationState down = see(retrying, AWAY);
        is(ReplicationHealth.SOURCE_DOWN, down);
        assertThat(down.reason()).contains("Connection refused").contains("2003");
        is(ReplicationHealth.LINK_DOWN, see(retrying, at(100)));
    }

    /** After a silence servers reconnect without having met an error yet. */
    @Test
    void aReceiverThatReconnectsHasLostItsSource() {
        StatusRow reconnecting = row().with("Replica_IO_Running", "Connecting")
                .with("Replica_IO_State", "Reconnecting after a failed source event read");

        is(ReplicationHealth.LINK_DOWN, see(reconnecting, at(100)));
        is(ReplicationHealth.SOURCE_DOWN, see(reconnecting, AWAY));
    }

    @Test
    void whatTheSourceWritesAndNobodyGetsIsSilence() {
        see(row().applied(100), at(100));
        after(1);
        is(ReplicationHealth.IN_TIME, see(row().applied(100), at(103)));
        after(4);
        is(ReplicationHealth.IN_TIME, see(row().applied(100), at(104)));
        after(1);

        ReplicationState silent = see(row().applied(100), at(104));
        is(ReplicationHealth.LINK_SILENT, silent);
        assertThat(silent.reason()).contains("5 s").contains("40 bytes");
        after(1);
        is(ReplicationHealth.IN_TIME, see(row().fetched(104).applied(104), at(104)));
    }

    /** The new file's first bytes are never fetched by some versions. */
    @Test
    void aRotatedLogIsNoSilence() {
        StatusRow still = row().positions().applied(100);
        see(still, at(100));
        StatusRow rotated =
                row().positions().with("Source_Log_File", "bin.000004").with("Read_Source_Log_Pos", "4");
        for (int i = 0; i < 10; i++) {
            after(2);
            SourceSight.Seen seen = new SourceSight.Seen(
                    new Coordinates(StatusRow.SOURCE, "", new BinlogPosition("bin.000004", 154), null, START, "test"),
                    asked(second),
                    Map.of("bin.000003", 1000L));
            assertThat(see(rotated, seen).health()).isNotEqualTo(ReplicationHealth.LINK_SILENT);
        }
    }

    /** The log was rotated after the source was asked and before the replica was. */
    @Test
    void aLogThatIsRotatedBetweenTwoQuestionsIsNoSilenceAndACutRightAfterIsOne() {
        StatusRow rotated =
                row().positions().with("Source_Log_File", "bin.000004").with("Read_Source_Log_Pos", "4");
        see(row().positions().applied(100), at(100));
        after(2);
        see(rotated, at(100));
        for (int i = 0; i < 10; i++) {
            after(2);
            assertThat(see(rotated, inNextFile(157)).health()).isNotEqualTo(ReplicationHealth.LINK_SILENT);
        }
        see(rotated, inNextFile(300));
        after(5);
        is(ReplicationHealth.LINK_SILENT, see(rotated, inNextFile(300)));
    }

    private SourceSight.Seen inNextFile(long position) {
        return new SourceSight.Seen(
                new Coordinates(StatusRow.SOURCE, "", new BinlogPosition("bin.000004", position), null, START, "test"),
                asked(second),
                Map.of("bin.000003", 1000L));
    }

    @Test
    void beatsThatNobodyGetsAreSilenceAlsoWhenTheSourceCannotBeAsked() {
        SourceSight unknown = new SourceSight.Unknown("no privilege");
        beats(1, 1);
        see(row().fetched(100).applied(100), unknown);
        for (long beat = 2; beat <= 5; beat++) {
            after(1);
            beats(beat, 1);
            assertThat(see(row().fetched(100).applied(100), unknown).health())
                    .isNotEqualTo(ReplicationHealth.LINK_SILENT);
        }
        after(2);
        beats(7, 1);

        is(ReplicationHealth.LINK_SILENT, see(row().fetched(100).applied(100), unknown));
    }

    /** The beat was sent before its arrival was noticed, and confirmed after. */
    @Test
    void aBeatThatArrivedBeforeItWasConfirmedIsNotMissing() {
        see(row().fetched(100).applied(100), at(100));
        after(1);
        ledger.written(1, new Asked(Duration.ofMillis(900), Duration.ofMillis(1100)));
        beat = ledger.look(Optional.of(1L), asked(second));
        see(row().fetched(101).applied(101), at(101));
        for (int i = 0; i < 10; i++) {
            after(5);
            beat = ledger.look(Optional.of(1L), asked(second));
            assertThat(see(row().fetched(101).applied(101), at(101)).health())
                    .isNotEqualTo(ReplicationHealth.LINK_SILENT);
        }
    }

    /** A beat that the source confirms now, and what is on the replica. */
    private void beats(long written, long there) {
        ledger.written(written, asked(second));
        beat = ledger.look(Optional.of(there), asked(second));
    }

    @Test
    void aHeartbeatBoundsTheLagBetterThanTheServer() {
        for (long beat = 1; beat <= 40; beat++) {
            after(1);
            beats(beat, Math.max(0, beat - 20));
        }
        ReplicationState state = see(row().applied(70).with("Seconds_Behind_Source", "0"), at(100));

        // Beat 20 was written 20 s ago and is there, beat 21 was written 19 s ago and is not.
        assertThat(state.lag().byHeartbeat()).contains(new LagRange(Duration.ofSeconds(19), Duration.ofSeconds(20)));
        assertThat(state.lag().best()).contains(Duration.ofMillis(19_500));
        is(ReplicationHealth.CATCHING_UP, state);
        assertThat(state.reason()).contains("19.00 to 20.00 s by heartbeat");
    }

    @Test
    void aHeartbeatThatCannotBeWrittenIsSaid() {
        ledger.failed("no such table");
        beat = ledger.look(Optional.empty(), asked(second));

        ReplicationState state = see(row().applied(100), at(100));
        is(ReplicationHealth.IN_TIME, state);
        assertThat(state.reason()).contains("no such table");
        assertThat(state.lag().byHeartbeat()).isEmpty();
    }

    @Test
    void aDelayThatSomebodySetIsNoLag() {
        StatusRow waiting = row().applied(90).with("SQL_Delay", "20").with("Seconds_Behind_Source", "20");
        see(waiting.with("SQL_Remaining_Delay", "20"), at(100));
        for (int i = 0; i < 100; i++) {
            after(1);
            is(
                    ReplicationHealth.DELAYED,
                    see(
                            row().fetched(100 + i)
                                    .applied(80 + i)
                                    .with("SQL_Delay", "20")
                                    .with("Seconds_Behind_Source", "20")
                                    .with("SQL_Remaining_Delay", "1"),
                            at(100 + i)));
        }
        after(31);
        is(
                ReplicationHealth.CATCHING_UP,
                see(
                        row().fetched(199).applied(179).with("SQL_Delay", "20").with("Seconds_Behind_Source", "51"),
                        at(199)));
        is(ReplicationHealth.IN_TIME, see(row().fetched(300).applied(300).with("SQL_Delay", "20"), at(300)));
    }

    @Test
    void anApplierThatFinishesNothingForAMinuteIsStalledAndOneWithoutWorkIsNot() {
        after(600);
        see(row().applied(100), at(100));
        after(600);
        StatusRow stuck = row().fetched(200).applied(100);
        assertThat(see(stuck, at(200)).health()).isNotEqualTo(ReplicationHealth.STALLED);
        after(59);
        assertThat(see(stuck, at(200)).health()).isNotEqualTo(ReplicationHealth.STALLED);
        after(2);

        ReplicationState stalled = see(stuck, at(200));
        is(ReplicationHealth.STALLED, stalled);
        assertThat(stalled.reason()).contains("Applying batch of row changes");
        after(1);
        is(ReplicationHealth.CATCHING_UP, see(row().fetched(200).applied(101), at(200)));
    }

    @Test
    void withoutTheSourcesWordNothingIsProven() {
        ReplicationState state = see(row().applied(100), new SourceSight.Unknown("no privilege"));

        is(ReplicationHealth.UNPROVEN, state);
        assertThat(state.reason()).contains("no privilege");
        assertThat(state.lag().bytes().value()).isEmpty();
        is(
                ReplicationHealth.CATCHING_UP,
                see(row().applied(100).with("Seconds_Behind_Source", "400"), new SourceSight.Unknown("no privilege")));
    }

    @Test
    void aSourceThatOnlyThisHostHasLostIsUnprovenOnceWhatWasSeenIsOld() {
        see(row().applied(100), at(100));
        after(9);
        is(ReplicationHealth.IN_TIME, see(row().applied(100), AWAY));
        after(2);
        ReplicationState state = see(row().fetched(110).applied(110), AWAY);

        is(ReplicationHealth.UNPROVEN, state);
        assertThat(state.reason()).contains("Connection refused");
    }

    @Test
    void anotherServerThanTheChannelsSourceProvesNothing() {
        SourceSight.Seen other = new SourceSight.Seen(
                new Coordinates(
                        "9b7462fc-e583-11f1-9171-02fc00000001",
                        "",
                        new BinlogPosition("bin.000003", 4),
                        null,
                        START,
                        "test"),
                asked(0),
                Map.of());

        is(ReplicationHealth.UNPROVEN, see(row().applied(100), other));
    }

    @Test
    void logsThatWereWipedBeginAnew() {
        see(row().applied(100), at(100));
        after(5);
        ReplicationState state = see(row().fetched(5).applied(5), at(5));

        assertThat(state.lag().byPosition()).contains(new LagRange(Duration.ZERO, Duration.ZERO));
    }
}
