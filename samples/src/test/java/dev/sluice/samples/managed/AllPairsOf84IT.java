// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import dev.sluice.api.plan.Positioning;
import dev.sluice.samples.managed.ManagedServers.Kind;
import dev.sluice.testing.rds.Unverified;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All nine pairs of kinds, by position and by GTID, between servers of 8.4, and RDS by GTID where it has the procedure. */
@Timeout(300)
@Tag("long")
class AllPairsOf84IT {
    static Stream<PairCase> pairs() {
        return Stream.concat(
                PairCase.allWithin(Series.V8_4),
                Arrays.stream(Kind.values())
                        .map(source -> PairCase.of(source, Kind.RDS, Series.V8_4, Positioning.GTID)
                                .withOnReplica(Unverified.GTID_PURGED_ON_RDS_8_4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void endsAsItShould(PairCase pair) throws SQLException, InterruptedException {
        PairUnderLoad.prove(pair);
    }
}
