// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import dev.sluice.api.plan.Positioning;
import dev.sluice.samples.managed.ManagedServers.Kind;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each series into the next one, between servers of different kinds: how most migrations go. */
@Timeout(300)
@Tag("long")
class MixedSeriesPairsIT {
    static Stream<PairCase> pairs() {
        return Stream.of(
                        PairCase.of(Kind.EXTERNAL, Kind.RDS, Series.V5_7, Positioning.BINLOG_POSITION),
                        PairCase.of(Kind.EXTERNAL, Kind.AURORA, Series.V5_7, Positioning.GTID),
                        PairCase.of(Kind.RDS, Kind.EXTERNAL, Series.V5_7, Positioning.GTID),
                        PairCase.of(Kind.RDS, Kind.AURORA, Series.V5_7, Positioning.BINLOG_POSITION),
                        PairCase.of(Kind.AURORA, Kind.EXTERNAL, Series.V5_7, Positioning.BINLOG_POSITION),
                        PairCase.of(Kind.AURORA, Kind.RDS, Series.V5_7, Positioning.GTID),
                        PairCase.of(Kind.EXTERNAL, Kind.RDS, Series.V8_0, Positioning.BINLOG_POSITION),
                        PairCase.of(Kind.EXTERNAL, Kind.AURORA, Series.V8_0, Positioning.GTID),
                        PairCase.of(Kind.RDS, Kind.EXTERNAL, Series.V8_0, Positioning.GTID),
                        PairCase.of(Kind.RDS, Kind.AURORA, Series.V8_0, Positioning.BINLOG_POSITION),
                        PairCase.of(Kind.AURORA, Kind.EXTERNAL, Series.V8_0, Positioning.BINLOG_POSITION),
                        PairCase.of(Kind.AURORA, Kind.RDS, Series.V8_0, Positioning.BINLOG_POSITION))
                .map(pair -> pair.to(pair.sourceSeries() == Series.V5_7 ? Series.V8_0 : Series.V8_4));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void endsAsItShould(PairCase pair) throws SQLException, InterruptedException {
        PairUnderLoad.prove(pair);
    }
}
