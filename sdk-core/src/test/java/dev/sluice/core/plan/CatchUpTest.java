// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.Look;
import dev.sluice.core.mysql.ReplicationCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatchUpTest {
    private final CatchUp step = new CatchUp();
    private final FollowingPair pair = new FollowingPair();

    private Look look() {
        return step.look(pair);
    }

    @Test
    void aPositionThatWasPassedSoonAfterItWasReadIsEnough() {
        assertThat(look()).isInstanceOf(Look.Missing.class);

        pair.later(Duration.ofSeconds(1)).applied(500);

        assertThat(look()).isInstanceOf(Look.Done.class);
        assertThat(pair.lags).hasSize(2);
    }

    @Test
    void aPositionThatWasPassedLongAfterItWasReadIsFollowedByANewerOne() {
        look();
        pair.later(Duration.ofSeconds(30)).applied(500).sourceAt(900);

        assertThat(look())
                .isInstanceOfSatisfying(
                        Look.Missing.class,
                        missing -> assertThat(missing.evidence()).contains("went on"));
        assertThat(look()).isInstanceOf(Look.Missing.class);
        assertThat(look().evidence()).contains("900");
        pair.applied(900);
        assertThat(look()).isInstanceOf(Look.Done.class);
    }

    @Test
    void aReplicaThatStaysBehindOnPurposeHasAsMuchLonger() {
        pair.replica("SQL_Delay", "3600");
        look();
        pair.later(Duration.ofSeconds(3603)).applied(500).sourceAt(900);

        assertThat(look()).isInstanceOf(Look.Missing.class);

        look();
        pair.later(Duration.ofSeconds(3602)).applied(900).sourceAt(1300);
        assertThat(look()).isInstanceOf(Look.Done.class);
    }

    private void away() {
        pair.replica("Replica_IO_Running", "Connecting", "Last_IO_Errno", "2003", "Last_IO_Error", "cannot connect");
    }

    private void back() {
        pair.replica("Replica_IO_Running", "Yes", "Last_IO_Errno", "0", "Last_IO_Error", "");
    }

    @Test
    void aSourceThatIsAwayIsWaitedForWithOneWarningEachTime() {
        away();
        for (int hours = 0; hours < 3; hours++) {
            assertThat(look()).isInstanceOf(Look.Missing.class);
            pair.later(Duration.ofHours(1));
        }
        assertThat(pair.warnings).extracting(Problem::code).containsExactly(ReplicationCode.SOURCE_AWAY);
        assertThat(pair.warnings.get(0).what()).contains("cannot connect");

        back();
        assertThat(look()).isInstanceOf(Look.Missing.class);
        away();
        look();
        assertThat(pair.warnings).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "Yes, 0, No, 1062, CORE-114",
        "Connecting, 2003, No, 1062, CORE-114",
        "Yes, 0, No, 1146, CORE-115",
        "No, 13114, Yes, 0, CORE-114",
        "No, 2003, Yes, 0, CORE-114"
    })
    void anErrorThatStoppedAHalfIsFatalAtOnce(String io, String ioError, String sql, String sqlError, String code) {
        pair.replica(
                "Replica_IO_Running", io,
                "Last_IO_Errno", ioError,
                "Last_IO_Error", "io text",
                "Replica_SQL_Running", sql,
                "Last_SQL_Errno", sqlError,
                "Last_SQL_Error", "sql text");

        assertThatThrownBy(this::look).isInstanceOf(StepRefusedException.class).hasMessageContaining(code);
    }

    @ParameterizedTest
    @CsvSource({"No, No", "Yes, No", "No, Yes", "Connecting, No"})
    void aReplicaThatStandsStillIsWaitedForForAMinuteOnly(String io, String sql) {
        pair.replica("Replica_IO_Running", io, "Replica_SQL_Running", sql);

        assertThat(look()).isInstanceOf(Look.Missing.class);
        pair.later(Duration.ofSeconds(59));
        assertThat(look()).isInstanceOf(Look.Missing.class);
        pair.later(Duration.ofSeconds(1));
        assertThatThrownBy(this::look).isInstanceOf(StepRefusedException.class).hasMessageContaining("CORE-120");
    }

    @Test
    void theMinuteBeginsAnewWhenItRanMeanwhile() {
        pair.replica("Replica_SQL_Running", "No");
        look();
        pair.later(Duration.ofSeconds(50)).replica("Replica_SQL_Running", "Yes");
        look();
        pair.later(Duration.ofSeconds(50)).replica("Replica_SQL_Running", "No");

        assertThat(look()).isInstanceOf(Look.Missing.class);
    }

    @Test
    void aReplicaThatKnowsNoSourceIsNotWaitedFor() {
        pair.resetReplica();

        assertThatThrownBy(this::look).isInstanceOf(StepRefusedException.class).hasMessageContaining("CORE-121");
    }

    @Test
    void whatEnginesWaitForIsJudgedAlike() {
        assertThat(pair.replicaBehind())
                .hasValueSatisfying(why -> assertThat(why).contains("500"));
        pair.applied(500);
        assertThat(pair.replicaBehind()).isEmpty();

        away();
        assertThat(pair.replicaBehind())
                .hasValueSatisfying(why -> assertThat(why).contains("2003"));
        assertThat(pair.warnings).hasSize(1);
        pair.replica("Replica_SQL_Running", "No", "Last_SQL_Errno", "1062", "Last_SQL_Error", "duplicate");
        assertThatThrownBy(pair::replicaBehind).hasMessageContaining("CORE-114");
    }
}
