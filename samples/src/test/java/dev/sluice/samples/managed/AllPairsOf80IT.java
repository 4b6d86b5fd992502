// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All nine pairs of kinds, by position and by GTID, between servers of 8.0. */
@Timeout(300)
@Tag("long")
class AllPairsOf80IT {
    static Stream<PairCase> pairs() {
        return PairCase.allWithin(Series.V8_0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void endsAsItShould(PairCase pair) throws SQLException, InterruptedException {
        PairUnderLoad.prove(pair);
    }
}
