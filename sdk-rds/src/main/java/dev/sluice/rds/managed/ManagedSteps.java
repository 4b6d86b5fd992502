// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Step;
import dev.sluice.core.mysql.ReplicationLink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The rows of the guide that RDS and Aurora do by the same procedures. Thread-safe: no state. */
public final class ManagedSteps {
    private ManagedSteps() {}

    /** What is done on a source, but for switching its binary log on and off. */
    public static List<Step> ofSource(ManagedKind kind) {
        return List.of(
                new RetainBinlogs(kind),
                new CreateReplicationUser(kind),
                new RelaxRetention(kind),
                new DropReplicationUser(kind),
                new RestoreRetention(kind));
    }

    /** What is done on a replica. */
    public static List<Step> ofReplica(ManagedKind kind, ManagedGroups groups) {
        return List.of(
                new PrepareReplica(kind, groups),
                new EnableReplication(kind, groups),
                new StartReplication(kind),
                new StopReplication(kind),
                new ResetReplica(kind));
    }

    /**
     * The facts, with what these steps, and those of the source's engine, need to know besides: the retention that the server is
     * configured with, and whether it can encrypt its connection to a source.
     */
    public static ServerFacts addedTo(ServerFacts facts, ServerSession session) {
        ServerFacts known = RetentionConfiguration.addedTo(facts, session);
        return ManagedDialect.of(facts).encryption() == ManagedDialect.Encryption.NONE
                ? ReplicationLink.withoutTls(known)
                : known;
    }

    /** Lets a source that is to write no binary log keep none, as AWS advises before it is switched off. */
    public static ProcedureOperation forgettingRetention(String id) {
        return ManagedDialect.call(
                OperationInfo.changing(id, Target.SOURCE, "keep binary logs no longer"),
                RetentionConfiguration.SET,
                RetentionConfiguration.set(Optional.empty()));
    }

    /** Whether a retention is set. */
    public static boolean retainsBinlogs(ServerSession source) {
        return RetentionConfiguration.retentionHours(source).isPresent();
    }

    /** What the procedures need on a source. */
    public static RequiredPrivilege mayCallProcedures() {
        return ManagedDialect.execute(Target.SOURCE);
    }

    /** How long the server is configured to keep its binary logs; empty if it may remove them as soon as AWS needs them no more. */
    public static Optional<Duration> retention(ServerFacts facts) {
        return RetentionConfiguration.retentionHours(facts).map(Duration::ofHours);
    }
}
