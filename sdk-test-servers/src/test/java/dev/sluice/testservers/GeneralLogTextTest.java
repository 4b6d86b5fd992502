// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testservers.GeneralLog.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GeneralLogTextTest {

    @Test
    void anEntryThatIsBeingWrittenIsLeftOut() {
        String log =
                "2026-11-21T08:00:00.000001Z\t    8 Query\tSELECT 1\n2026-11-21T08:00:00.000002Z\t    9 Query\tSEL";

        assertThat(GeneralLogText.parse(log.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(new Entry(Instant.parse("2026-11-21T08:00:00.000001Z"), 8, "Query", "SELECT 1"));
    }

    @Test
    void commandsOfTwoWordsAndWithoutTextAreRead() {
        String log = """
                2026-11-21T08:00:00.000001Z\t   12 Binlog Dump GTID\tLog: '' Pos: 4 GTIDs: ''
                2026-11-21T09:00:00.000002+01:00\t1234567 Init DB\torders
                2026-11-21T08:00:00.000003Z\t   12 Quit\t
                """;

        assertThat(GeneralLogText.parse(log.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        new Entry(
                                Instant.parse("2026-11-21T08:00:00.000001Z"),
                                12,
                                "Binlog Dump GTID",
                                "Log: '' Pos: 4 GTIDs: ''"),
                        new Entry(Instant.parse("2026-11-21T08:00:00.000002Z"), 1234567, "Init DB", "orders"),
                        new Entry(Instant.parse("2026-11-21T08:00:00.000003Z"), 12, "Quit", ""));
    }
}
