// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.ReplicaStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatchingUpTest {
    private static final String OLD = "11111111-1111-1111-1111-111111111111";
    private static final String NEW = "22222222-2222-2222-2222-222222222222";
    private static final BinlogPosition FAR = new BinlogPosition("bin.000007", 900);

    private String uuid = OLD;
    private BinlogPosition written = FAR;
    private ReplicaStatus status = following(OLD, new BinlogPosition("bin.000007", 400));

    private final CatchingUp catchingUp =
            new CatchingUp(new Source(), () -> status, Duration.ofMinutes(1), Clock.systemUTC());

    private static ReplicaStatus following(String source, BinlogPosition applied) {
        return Statuses.of(source, applied, applied);
    }

    @Test
    void isSoOnceTheReplicaHasWhatTheSourceHad() {
        assertThat(catchingUp.whatIsMissing()).get().asString().contains("behind by");
        status = following(OLD, FAR);

        assertThat(catchingUp.whatIsMissing()).isEmpty();
    }

    /** What was seen on the server that is no more is not asked for: positions of its log mean nothing on the other. */
    @Test
    void aFailoverOfTheSourceIsWaitedThrough() {
        assertThat(catchingUp.whatIsMissing()).isPresent();
        uuid = NEW;
        written = new BinlogPosition("bin.000002", 500);
        assertThat(catchingUp.whatIsMissing()).contains("it follows another server than this source");
        status = following(NEW, new BinlogPosition("bin.000002", 300));
        assertThat(catchingUp.whatIsMissing()).get().asString().contains("behind by");
        status = following(NEW, written);

        assertThat(catchingUp.whatIsMissing()).isEmpty();
    }

    @Test
    void aReplicaThatFollowsTheNewServerFirstIsWaitedForAsWell() {
        assertThat(catchingUp.whatIsMissing()).isPresent();
        uuid = NEW;
        written = new BinlogPosition("bin.000002", 500);
        status = following(NEW, written);

        assertThat(catchingUp.whatIsMissing()).isEmpty();
    }

    /** What was applied of the old log lies behind the new one's first position, and proves nothing. */
    @Test
    void logsThatWereWipedBeginAnew() {
        status = following(OLD, FAR);
        assertThat(catchingUp.whatIsMissing()).isEmpty();
        written = new BinlogPosition("bin.000001", 500);
        status = following(OLD, new BinlogPosition("bin.000001", 157));

        assertThat(catchingUp.whatIsMissing()).get().asString().contains("behind by");
    }

    private final class Source implements ServerLink {
        @Override
        public ServerSession session() {
            return this::answer;
        }

        private List<Row> answer(String sql) {
            if (sql.contains("VERSION()")) {
                return List.of(Row.of(Map.of("v", "8.0.31")));
            }
            return sql.contains("server_uuid")
                    ? List.of(Row.of(Map.of("uuid", uuid, "gtid_mode", "OFF")))
                    : List.of(Row.of(Map.of("File", written.file(), "Position", Long.toString(written.position()))));
        }

        @Override
        public void execute(String sql) {
            throw new AssertionError("Who waits changes nothing: " + sql);
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
        public void reset() {}

        @Override
        public void close() {}
    }
}
