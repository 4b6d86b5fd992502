// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerifyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Core's own checks, in the order in which they are told. */
final class LiveChecks {
    private LiveChecks() {}

    /** Those that a plan of this kind is looked at with, after its servers were reached. */
    static List<LiveCheck> of(CompiledPlan compiled, CheckServers servers) {
        if (compiled.plan() instanceof VerifyPlan) {
            return List.of(new TableUnknown());
        }
        if (!(compiled.plan() instanceof ReplicationPlan)) {
            return ofEnd();
        }
        return compiled.replicaFacts().isExpected() ? ofCreated(servers) : ofSetUp(compiled.steps(), servers);
    }

    /** All there are, of whatever plans. */
    static List<LiveCheck> known() {
        CheckServers nobody = target -> CheckSession.of(sql -> List.of());
        List<LiveCheck> all = new ArrayList<>(List.of(new ServersReachable()));
        Stream.of(ofSetUp(List.of(), nobody), ofCreated(nobody), ofEnd())
                .flatMap(List::stream)
                .filter(check -> all.stream().noneMatch(other -> other.id().equals(check.id())))
                .forEach(all::add);
        return List.copyOf(all);
    }

    private static List<LiveCheck> ofSetUp(List<CompiledStep> steps, CheckServers servers) {
        return List.of(
                new ServerIdsEqual(steps),
                new ServerIdTaken(steps),
                new HostBlocked(),
                new AccountProof(servers),
                new BinlogExpiresSoon(servers),
                new SourceBinlogFilter(),
                new SessionFormats(),
                new ReplicaHoldsData(),
                new LiveScope(),
                new FilterLost(),
                new StoredFilter(),
                new StartGone(),
                new StartDataMissing(),
                new FilterAdmitsTooMuch(),
                new TableUnknown(),
                new ForeignKeysAcrossScope(),
                new NoPrimaryKey(),
                new FoundBySpatialKey(),
                new KeysDemanded(),
                new ForeignDefiners(),
                new NonexistentDefiners(),
                new SystemDefiners(),
                new CreatorsNotTrusted(),
                new EnabledEvents(),
                new EventsTwice(),
                new CollationUnknown(),
                new ReservedWords(),
                new ReservedInPrograms(),
                new RemovedSql(),
                new FloatAutoIncrement(),
                new TimeZonesMissing(),
                new BrokenViews(),
                new ViewsAcrossScope(),
                new TablesEncrypted(),
                new WidestRow(),
                new SpaceNeeded(SpaceNeeded.WORTH_TELLING, new SpaceOnThisHost()),
                new ConnectionsLeft(servers.copyConnections(Target.SOURCE), servers.copyConnections(Target.REPLICA)),
                new SchemaChange(),
                new OpenDdl(),
                new PreparedXa(),
                new LongStatements(),
                new LongTransactions(),
                new ProgramsMissing(servers.clientPrograms()),
                new SessionsHidden());
    }

    /** Of plans that create their replica: those that look at the source alone. */
    private static List<LiveCheck> ofCreated(CheckServers servers) {
        return List.of(
                new BinlogExpiresSoon(servers),
                new SourceBinlogFilter(),
                new SessionFormats(),
                new FilterAdmitsTooMuch(),
                new TableUnknown(),
                new ForeignKeysAcrossScope(),
                new NoPrimaryKey(),
                new FoundBySpatialKey(),
                new LongTransactions(),
                new SessionsHidden());
    }

    /** Of plans that end a replication, or stop and start it. */
    static List<LiveCheck> ofEnd() {
        return List.of(
                new ForeignDefiners(),
                new NonexistentDefiners(),
                new SystemDefiners(),
                new AccountShared(),
                new NotApplied());
    }
}
