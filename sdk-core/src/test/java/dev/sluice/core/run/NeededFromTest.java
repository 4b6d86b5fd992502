// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.core.mysql.ReplicaStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NeededFromTest {
    private static final String SOURCE = "11111111-1111-1111-1111-111111111111";
    private static final BinlogPosition SNAPSHOT = new BinlogPosition("log.1", 700);
    private static final NeededFrom FROM = NeededFrom.snapshot(SNAPSHOT, Instant.EPOCH);

    private static ReplicaStatus status(String sourceUuid) {
        return Statuses.of(sourceUuid, new BinlogPosition("log.5", 100), new BinlogPosition("log.3", 200));
    }

    @Test
    void whatIsAppliedCountsAndNotWhatIsFetched() {
        NeededFrom needed = FROM.by(status(SOURCE), SOURCE);

        assertThat(needed.applied()).isEqualTo(new BinlogPosition("log.3", 200));
        assertThat(needed.fetched()).isEqualTo(new BinlogPosition("log.5", 100));
        assertThat(needed.snapshot()).isEqualTo(SNAPSHOT);
    }

    @Test
    void aChannelThatWasNeverConnectedOrFollowsAnotherServerNeedsAllSinceTheSnapshot() {
        assertThat(FROM.by(status(""), SOURCE)).isEqualTo(FROM);
        assertThat(FROM.by(status("22222222-2222-2222-2222-222222222222"), SOURCE))
                .isEqualTo(FROM);
    }
}
