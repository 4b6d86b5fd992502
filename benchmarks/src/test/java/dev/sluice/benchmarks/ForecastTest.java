// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.Contender.Role;
import dev.sluice.testservers.MySqlRelease;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final List<Contender> ALL = List.of(
            SdkInChildJvm.with(SdkThreads.of(SdkThreads.OWN)),
            new MysqldumpAndMysql(MySqlRelease.MYSQL_8_0_33),
            new MydumperAndMyloader(2, null),
            new MydumperAndMyloader(4, null),
            new Timed(Role.LIMIT),
            new Timed(Role.LIMIT));

    @Test
    void wholeCopyBenchIsDoneWithin25Minutes() {
        assertThat(copy(2_000_000, 3).seconds()).isBetween(8 * 60.0, 25 * 60.0);
    }

    @Test
    void moreTurnsAndMoreRowsTakeLonger() {
        assertThat(copy(2_000_000, 3).seconds())
                .isGreaterThan(copy(2_000_000, 2).seconds());
        assertThat(copy(2_000_000, 3).seconds())
                .isGreaterThan(copy(1_000_000, 3).seconds());
    }

    @Test
    void snapshotsOfManyTablesTakeLonger() {
        assertThat(Forecast.ofLocks(List.of(1, 2_000), 20).seconds())
                .isGreaterThan(Forecast.ofLocks(List.of(1, 100), 20).seconds())
                .isGreaterThan(Forecast.ofLocks(List.of(1, 2_000), 10).seconds());
    }

    @Test
    void minutesAreRoundedUp() {
        assertThat(new Forecast(5)).hasToString("This takes about 1 minute on two cores that have nothing else to do.");
        assertThat(new Forecast(61)).asString().contains("about 2 minutes");
    }

    private static Forecast copy(long rows, int turns) {
        Forecast all = Forecast.ofServers();
        for (DataSet data : List.of(new NarrowRows(rows), new MixedRows(rows))) {
            all = all.andSet(data).andRace(data, ALL, turns);
        }
        return all;
    }
}
