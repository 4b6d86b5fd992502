// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static dev.sluice.core.preflight.Answers.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceNeededTest {
    private static final String UUID = Server.REPLICA_UUID;

    private final Live live = new Live();

    private List<Finding> examine(long bytes, FreeSpace free) {
        Situation shop = Situation.healthy().plan(plan -> plan.databases("shop"));
        live.source.to("SUM(", row("bytes", String.valueOf(bytes)));
        live.replica.to("datadir", row("d", "/data/"));
        return new SpaceNeeded(SpaceNeeded.WORTH_TELLING, free)
                .examine(new CheckContext(Compiled.of(shop), shop, new CheckSessions(live.servers())));
    }

    @Test
    void lessRoomThanTheScopeTakesAndHalfAsMuchIsAWarning() {
        assertThat(examine(2L << 30, (directory, uuid) -> OptionalLong.of((3L << 30) - 1)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.WARNING);
                    assertThat(finding.evidence()).contains("2048 MiB on the source", "/data/", "3072 MiB are free");
                });
    }

    @Test
    void enoughRoomIsFine() {
        assertThat(examine(2L << 30, (directory, uuid) -> OptionalLong.of(3L << 30)))
                .isEmpty();
    }

    @Test
    void whereNobodyCanTellWhatIsNeededIsANoteIfItIsMuch() {
        FreeSpace unknown = (directory, uuid) -> OptionalLong.empty();

        assertThat(examine(1L << 30, unknown)).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.NOTE);
            assertThat(finding.evidence()).contains("1024 MiB", "/data/").doesNotContain("free");
        });
        assertThat(examine((1L << 30) - 1, unknown)).isEmpty();
    }

    @Test
    void theServersOwnUuidProvesItsDirectory(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("auto.cnf"), "[auto]\nserver-uuid=" + UUID + "\n");
        FreeSpace here = new SpaceOnThisHost();

        assertThat(here.in(directory.toString(), UUID)).isPresent();
        assertThat(here.in(directory.toString(), Server.SOURCE_UUID)).isEmpty();
        assertThat(here.in(directory.resolve("elsewhere").toString(), UUID)).isEmpty();
        assertThat(here.in("no\0path", UUID)).isEmpty();
    }
}
