// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.compiled.CompiledPlan;
import java.util.List;

/** Core's own checks, in the order in which they are made. */
final class LiveChecks {
    private LiveChecks() {}

    static List<LiveCheck> of(CompiledPlan compiled, CheckServers servers) {
        return List.of(
                new ServerIdsEqual(compiled),
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
                new KeysDemanded(),
                new ForeignDefiners(),
                new NonexistentDefiners(),
                new SystemDefiners(),
                new CreatorsNotTrusted(),
                new EnabledEvents(),
                new PreparedXa(),
                new LongStatements(),
                new LongTransactions(),
                new ProgramsMissing(servers.clientPrograms()),
                new SessionsHidden());
    }

    /** Of plans that create their replica: those that look at the source alone. */
    static List<LiveCheck> ofCreated() {
        return List.of(
                new FilterAdmitsTooMuch(),
                new TableUnknown(),
                new ForeignKeysAcrossScope(),
                new NoPrimaryKey(),
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
