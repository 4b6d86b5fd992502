// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.run.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;

/** Looks at instances that runs make to be replicas, and at the snapshots that they are made from. Changes nothing. Thread-safe. */
public final class MadeInstances {
    private final AwsClients clients;

    /** With these clients, which stay the caller's to close. */
    public MadeInstances(AwsClients clients) {
        this.clients = clients;
    }

    /**
     * Who made the instance of this name; empty if there is none.
     *
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked
     */
    public Optional<MadeFrom> find(AwsPlace place, String id) {
        return asking(place, "DescribeDBInstances for " + id, client -> find(client, id));
    }

    private static Optional<MadeFrom> find(RdsClient client, String id) {
        try {
            return client.describeDBInstances(request -> request.dbInstanceIdentifier(id)).dbInstances().stream()
                    .findFirst()
                    .map(MadeInstances::made);
        } catch (DbInstanceNotFoundException none) {
            return Optional.empty();
        }
    }

    private static MadeFrom made(DBInstance instance) {
        Instant created = instance.instanceCreateTime();
        return MadeFrom.of(instance.tagList(), created == null ? Instant.now() : created);
    }

    /**
     * The instance that this run has made; empty if there is none of the name.
     *
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked, or somebody else has made it
     */
    public Optional<RdsInstance> ofRun(AwsPlace place, String id, RunId run) {
        return asking(
                place,
                "DescribeDBInstances for " + id,
                client -> TemporaryInstance.find(client, id)
                        .map(found -> found.orThrowIfNotOf(run.value()).instance()));
    }

    /**
     * The status of the run's DB snapshot; empty if there is none.
     *
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked, or somebody else has made it
     */
    public Optional<String> snapshotStatus(AwsPlace place, RunId run) {
        String id = Temporary.name(run);
        return asking(
                place,
                "DescribeDBSnapshots for " + id,
                client -> snapshot(client, id, run.value()).map(DBSnapshot::status));
    }

    static Optional<DBSnapshot> snapshot(RdsClient client, String id, String run) {
        try {
            return client.describeDBSnapshots(request -> request.dbSnapshotIdentifier(id)).dbSnapshots().stream()
                    .findFirst()
                    .map(found -> ours(found, run));
        } catch (DbSnapshotNotFoundException none) {
            return Optional.empty();
        }
    }

    private static DBSnapshot ours(DBSnapshot snapshot, String run) {
        String found = MadeFrom.of(snapshot.tagList(), Instant.EPOCH).run();
        if (!found.equalsIgnoreCase(run)) {
            throw new StepRefusedException(Problem.of(
                    TemporaryCode.NOT_OURS,
                    "The snapshot " + snapshot.dbSnapshotIdentifier() + " carries the tag " + Temporary.TAG + "='"
                            + found + "', not '" + run + "'"));
        }
        return snapshot;
    }

    private <T> Optional<T> asking(AwsPlace place, String what, Function<RdsClient, Optional<T>> look) {
        try {
            return look.apply(clients.rds(place));
        } catch (SdkException failure) {
            throw AwsFailures.whileReading(failure, what + " in " + place);
        }
    }
}
