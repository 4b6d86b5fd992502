// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.EngineException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.monitor.SourceSight;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.ServerErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceReaderTest {
    private final List<String> asked = new ArrayList<>();
    private @Nullable SluiceException failure;
    private String file = "bin.000002";
    private int closed;

    private final SourceReader reader =
            new SourceReader(Link::new, () -> Duration.ofSeconds(asked.size()), Clock.systemUTC());

    private SourceSight read(String appliedFile) {
        asked.clear();
        return reader.read(Optional.of(new BinlogPosition(appliedFile, 4)));
    }

    private boolean listed() {
        return asked.contains("SHOW BINARY LOGS");
    }

    @Test
    void logsAreListedOnceAFileAndOnlyIfTheReplicaIsInAnotherOne() {
        read("bin.000002");
        assertThat(listed()).isFalse();
        SourceSight.Seen seen = (SourceSight.Seen) read("bin.000001");
        assertThat(listed()).isTrue();
        assertThat(seen.logs()).containsExactly(Map.entry("bin.000001", 500L), Map.entry("bin.000002", 900L));
        assertThat(((SourceSight.Seen) read("bin.000001")).logs()).hasSize(2);
        assertThat(listed()).isFalse();
        // Also one that the list lacks, since it was purged, is no reason to ask again.
        read("bin.000000");
        assertThat(listed()).isFalse();

        file = "bin.000003";
        read("bin.000001");
        assertThat(listed()).isTrue();
    }

    @Test
    void whenItWasAskedIsBeforeAndAfterTheAnswer() {
        SourceSight.Seen seen = (SourceSight.Seen) read("bin.000002");

        assertThat(seen.asked().from()).isEqualTo(Duration.ZERO);
        assertThat(seen.asked().to()).isEqualTo(Duration.ofSeconds(3));
        assertThat(seen.at().position()).isEqualTo(new BinlogPosition("bin.000002", 700));
    }

    @Test
    void outOfReachIsAwayAndARefusalIsNot() {
        failure = new StepUnavailableException(Problem.of(ServerErrorCode.CONNECTION_REFUSED, "nobody there"));
        assertThat(read("bin.000002")).isEqualTo(new SourceSight.Away("nobody there"));
        assertThat(closed).isEqualTo(1);

        failure = new StepRefusedException(Problem.of(ServerErrorCode.LOGIN_REFUSED, "wrong password"));
        assertThat(read("bin.000002"))
                .isInstanceOfSatisfying(
                        SourceSight.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("wrong password"));
        failure = null;
        assertThat(read("bin.000002")).isInstanceOf(SourceSight.Seen.class);
    }

    @Test
    void anAddressThatCannotBeLookedUpIsSaidAndAskedForAgain() {
        SourceReader nowhere = new SourceReader(
                () -> {
                    throw new EngineException(Problem.of(ServerErrorCode.HOST_UNKNOWN, "no such cluster"));
                },
                () -> Duration.ZERO,
                Clock.systemUTC());

        assertThat(nowhere.read(Optional.empty()).toString()).contains("no such cluster");
    }

    private final class Link implements ServerLink {
        @Override
        public ServerSession session() {
            return this::answer;
        }

        private List<Row> answer(String sql) {
            asked.add(sql);
            SluiceException refused = failure;
            if (refused != null) {
                throw refused;
            }
            if (sql.contains("VERSION()")) {
                return List.of(Row.of(Map.of("v", "8.0.31")));
            }
            if (sql.contains("server_uuid")) {
                return List.of(Row.of(Map.of("uuid", "u", "gtid_mode", "OFF")));
            }
            return sql.equals("SHOW BINARY LOGS")
                    ? List.of(log("bin.000001", 500), log("bin.000002", 900))
                    : List.of(Row.of(Map.of("File", file, "Position", "700")));
        }

        private static Row log(String name, long size) {
            return Row.of(Map.of("Log_name", name, "File_size", Long.toString(size)));
        }

        @Override
        public void execute(String sql) {
            throw new AssertionError("A reader changes nothing: " + sql);
        }

        @Override
        public void executeApart(String settings, String sql) {
            execute(sql);
        }

        @Override
        public void endWith(Cancellation now) {
            throw new AssertionError("Nobody asked for that");
        }

        @Override
        public void reset() {
            closed++;
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
