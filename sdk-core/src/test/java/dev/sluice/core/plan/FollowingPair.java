// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.mysql.CoordinatesReader;
import dev.sluice.core.mysql.Dialect;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source and a replica that follows it, as a step that waits sees them, and a clock that a test sets. */
final class FollowingPair implements CoreLive, PassedOnContext {
    private static final String SOURCE_UUID = "11111111-1111-1111-1111-111111111111";

    final List<Problem> warnings = new ArrayList<>();
    final List<String> lags = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final CatchUpWatch watch = new CatchUpWatch(clock());
    private final ReplicaWait wait = new ReplicaWait(clock(), warnings::add);
    private long sourceAt = 500;
    private final Map<String, String> status = new LinkedHashMap<>();

    FollowingPair() {
        replica(
                "Source_Host", "10.0.0.1",
                "Source_Port", "3306",
                "Source_UUID", SOURCE_UUID,
                "Replica_IO_Running", "Yes",
                "Replica_SQL_Running", "Yes",
                "Relay_Source_Log_File", "binlog.000001");
        applied(400);
    }

    /** What the replica's status shows from now on, as labels and values in turn. */
    FollowingPair replica(String... labelsAndValues) {
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            status.put(labelsAndValues[i], labelsAndValues[i + 1]);
        }
        return this;
    }

    FollowingPair resetReplica() {
        status.clear();
        return this;
    }

    FollowingPair applied(long position) {
        return replica("Exec_Source_Log_Pos", Long.toString(position));
    }

    FollowingPair sourceAt(long position) {
        sourceAt = position;
        return this;
    }

    FollowingPair later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    @Override
    public RunId run() {
        return new RunId("r-1");
    }

    @Override
    public ServerSession seedSession() {
        throw new UnsupportedOperationException("There is no temporary server here");
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private ServerFacts facts(String uuid) {
        return new ServerFacts(
                new EngineId("test"),
                new ServerAddress("10.0.0.1", 3306),
                ServerVersion.of(8, 0, 31),
                uuid,
                1,
                true,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of());
    }

    @Override
    public StepContext context() {
        throw new AssertionError("A step that waits knows no more than its servers");
    }

    @Override
    public ServerFacts source() {
        return facts(SOURCE_UUID);
    }

    @Override
    public ServerFacts replica() {
        return facts("22222222-2222-2222-2222-222222222222");
    }

    @Override
    public ServerSession sourceSession() {
        return sql -> List.of(
                sql.startsWith("SELECT @@GLOBAL.server_uuid")
                        ? Row.of(Map.of("uuid", SOURCE_UUID, "gtid_mode", "OFF"))
                        : Row.of(Map.of("File", "binlog.000001", "Position", Long.toString(sourceAt))));
    }

    @Override
    public ServerSession replicaSession() {
        return sql -> sql.equals("SHOW REPLICA STATUS") && !status.isEmpty() ? List.of(Row.of(status)) : List.of();
    }

    @Override
    public CompiledStep step() {
        WaitOperation operation = new WaitOperation(
                OperationInfo.reading("wait-for-replica", Target.REPLICA, "wait"), "it has", Duration.ofDays(7));
        return new CompiledStep(
                CoreSteps.key("catch-up"), GuideStep.CATCH_UP, List.of(operation), List.of(), Duration.ofDays(7));
    }

    @Override
    public CatchUpWatch catchUp() {
        return watch;
    }

    @Override
    public ReplicaWait replicaWait() {
        return wait;
    }

    @Override
    public Optional<String> replicaBehind() {
        return wait.behind(this);
    }

    @Override
    public void lagSeen(@Nullable Duration lag, String state) {
        lags.add(state);
    }

    @Override
    public Coordinates sourceAtStart() {
        return new CoordinatesReader(Dialect.of(source().version()), clock()).read(sourceSession(), "", "test");
    }

    @Override
    public Optional<Coordinates> coordinates() {
        return Optional.empty();
    }

    @Override
    public boolean snapshotIsOpen() {
        return false;
    }

    @Override
    public boolean isLoaded() {
        return true;
    }

    @Override
    public void requireLoadStays() {}

    @Override
    public Optional<VerificationReport> verification() {
        return Optional.empty();
    }
}
