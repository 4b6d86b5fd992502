// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.Target;
import dev.sluice.api.spi.ApplierStops;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.ReplicaTreatments;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Spi;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.FactsReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The engine for MySQL servers that their owner runs, from 5.7 on, in both roles. Each row of the guide is one class of this
 * package, such as {@code EnableBinlog}; what it does is in {@code docs/steps-external.md}. Immutable and thread-safe.
 */
public final class ExternalEngine implements Engine {
    /** The kind of server: {@code external-mysql}. */
    public static final EngineId ID = new EngineId("external-mysql");

    private static final EndpointCodec CODEC = new ExternalCodec();

    private static final List<Step> SOURCE_STEPS = List.of(
            new EnableBinlog(),
            new RetainBinlogs(),
            new CreateReplicationUser(),
            new RelaxRetention(),
            new DropReplicationUser(),
            new RestoreRetention(),
            new PurgeBinlogs(),
            new DisableBinlog());

    private static final List<Step> REPLICA_STEPS = List.of(
            new PrepareReplica(),
            new DisableRedoLog(),
            new EnableRedoLog(),
            new ProtectReplica(),
            new EnableReplication(),
            new StartReplication(),
            new StopReplication(),
            new ResetReplica());

    private static final List<Step> TABLE_COPY_STEPS =
            List.of(new HoldApplier(), new LeaveTableOut(), new ReachCopy(), new PutTableIn());

    private ExternalEngine() {}

    /** The engine; it needs nothing but the plan's servers. */
    public static ExternalEngine create() {
        return new ExternalEngine();
    }

    static StepKey key(String step) {
        return new StepKey(ID, step, 1);
    }

    @Override
    public EngineId id() {
        return ID;
    }

    @Override
    public int builtForSpi() {
        return Spi.LEVEL;
    }

    @Override
    public EndpointCodec endpoints() {
        return CODEC;
    }

    @Override
    public ServerAddress locate(Endpoint endpoint) {
        return endpoint.address()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The endpoint " + endpoint.label() + " has no address, and nobody to ask for one"));
    }

    @Override
    public ServerFacts facts(Endpoint endpoint, ServerAddress address, ServerSession session) {
        return FilterFacts.addedTo(
                PersistedVariables.addedTo(
                        RetentionOfOthers.takenOff(FactsReader.read(ID, address, session), session), session),
                session);
    }

    @Override
    public List<Step> sourceSteps() {
        return SOURCE_STEPS;
    }

    @Override
    public List<Step> replicaSteps() {
        return REPLICA_STEPS;
    }

    @Override
    public List<Step> tableCopySteps() {
        return TABLE_COPY_STEPS;
    }

    @Override
    public Optional<ApplierStops> applierStops() {
        return Optional.of(new StopAtPosition());
    }

    @Override
    public ReplicaTreatments treatments() {
        return new ExternalTreatments();
    }

    @Override
    public Optional<Duration> binlogRetention(ServerFacts source) {
        Retention now = Retention.of(source);
        return now.isForEver() ? Optional.empty() : Optional.of(now.setting().of(now.value()));
    }

    @Override
    public List<LockKind> snapshotLocks() {
        return List.of(LockKind.GLOBAL_READ_LOCK, LockKind.TABLE_WRITE_LOCKS);
    }

    @Override
    public List<Check> sourceChecks() {
        return List.of(new RawLogCheck(Target.SOURCE));
    }

    @Override
    public List<Check> replicaChecks() {
        return List.of(new RawLogCheck(Target.REPLICA));
    }
}
