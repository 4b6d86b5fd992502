// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.MySqlGtidSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotGtidsTest {
    private static final String SOURCE = "00000000-0000-0000-0000-00000000000a";
    private static final String ABOVE = "00000000-0000-0000-0000-00000000000b";
    private static final String REPLICA = "00000000-0000-0000-0000-00000000000c";
    private static final String STRANGER = "00000000-0000-0000-0000-00000000000d";

    private static SnapshotGtids gtids(String snapshot, String executed) {
        return new SnapshotGtids(Optional.of(MySqlGtidSet.parse(snapshot)), MySqlGtidSet.parse(executed));
    }

    private static String skipped(String snapshot, String executed) {
        return gtids(snapshot, executed).skipped(SOURCE, REPLICA).toString();
    }

    @Test
    void theSourcesOwnTransactionsBeyondTheSnapshotAreSkipped() {
        assertThat(skipped(SOURCE + ":1-5", SOURCE + ":1-7")).isEqualTo(SOURCE + ":6-7");
        assertThat(skipped("", SOURCE + ":1")).isEqualTo(SOURCE + ":1");
    }

    @Test
    void soAreThoseOfAServerThatTheSourceFollows() {
        assertThat(skipped(SOURCE + ":1-5," + ABOVE + ":1-100", ABOVE + ":1-120"))
                .isEqualTo(ABOVE + ":101-120");
    }

    @Test
    void whatNeverCameThroughTheSourceOrIsTheReplicasOwnDoesNotMatter() {
        assertThat(skipped(SOURCE + ":1-5," + REPLICA + ":1-2", REPLICA + ":1-9," + STRANGER + ":1-4"))
                .isEmpty();
    }

    @Test
    void nothingRecordedIsNotNothingHeld() {
        SnapshotGtids unknown = new SnapshotGtids(Optional.empty(), MySqlGtidSet.EMPTY);

        assertThat(unknown.held()).isEmpty();
        assertThat(gtids("", "").held()).isPresent();
        assertThat(gtids(SOURCE + ":1-5", SOURCE + ":1-4").areThere()).isFalse();
        assertThat(gtids(SOURCE + ":1-5", SOURCE + ":1-5").areThere()).isTrue();
    }
}
