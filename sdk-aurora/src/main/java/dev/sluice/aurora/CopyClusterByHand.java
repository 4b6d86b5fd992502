// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.Question;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.rds.aws.AwsPlace;
import dev.sluice.rds.aws.TemporaryClusterCalls;
import dev.sluice.rds.managed.ByHand;
import dev.sluice.rds.managed.ToldAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * As {@link CopyCluster}, by a person, who also tells where the source's binary log stood, since AWS tells that in an event only. The copy's
 * own log proves it: it goes on from that position, and holds no change behind it.
 */
final class CopyClusterByHand implements Step {
    private static final String TELL = "tell-where-it-stands";
    private static final String AWAIT = "wait-until-it-answers";

    private final ClusterCopy.Origin origin;

    CopyClusterByHand(ClusterCopy.Origin origin) {
        this.origin = origin;
    }

    @Override
    public StepKey key() {
        return AuroraEngine.key(isClone() ? "clone-cluster-by-hand" : "restore-cluster-snapshot-by-hand");
    }

    private boolean isClone() {
        return origin == ClusterCopy.Origin.CLONE;
    }

    @Override
    public GuideStep row() {
        return GuideStep.SNAPSHOT;
    }

    @Override
    public StepDraft compile(StepContext context) {
        AwsPlace place = CopyCluster.source(context).place();
        String id = CopyCluster.source(context).clusterIdentifier();
        List<Operation> all = new ArrayList<>();
        if (!isClone()) {
            all.add(CopyCluster.snapshot(place, id));
        }
        all.add(CopyCluster.cluster(origin, place, id));
        all.add(CopyCluster.writer(place, id));
        if (ClusterAddress.parse(context.source().address()).isEmpty()) {
            all.add(ToldAddress.asking(TemporaryClusterCalls.askingForAddress(place)));
        }
        all.add(tell(place));
        all.add(await(context.replication().deadlines().getOrDefault(GuideStep.SNAPSHOT, CopyCluster.DEADLINE)));
        return StepDraft.of(all.toArray(Operation[]::new))
                .note("No lock is taken on the source, and no row is read from it.")
                .note(
                        "Each of these calls is a person's to make, and to confirm once AWS shows what it makes as available. As soon as the"
                                + " load is done the run asks for the copy's removal, and waits for that when everything else is done; an"
                                + " abandonment asks for it as well.");
    }

    private static PersonOperation tell(AwsPlace place) {
        return new PersonOperation(
                OperationInfo.reading(
                        TELL,
                        Target.SOURCE,
                        "tell the binary log position from the crash recovery of the copy's writer"),
                List.of(TemporaryClusterCalls.askingForRecovery(place)),
                PersonOperation.DEFAULT_DEADLINE,
                new Question(ToldPosition.QUESTION, ToldPosition.PATTERN));
    }

    private static WaitOperation await(Duration deadline) {
        String condition = "the copy answers, and goes on from where it was made";
        return new WaitOperation(
                OperationInfo.reading(AWAIT, Target.SEED, "wait until " + condition),
                condition,
                deadline,
                List.of(Slot.SNAPSHOT_COORDINATES));
    }

    @Override
    public Look look(LiveContext context) {
        Optional<Look> untold = ByHand.untold(context);
        if (untold.isPresent()) {
            // Events may have come since the plan was compiled; what is not made need not be deleted.
            new StillCopy(context.sourceSession()).requireNoEvents("The source");
            return untold.get();
        }
        BinlogPosition position = ToldPosition.in(context.told(TELL).orElseThrow());
        try {
            return judged(context, position);
        } catch (StepUnavailableException away) {
            return ByHand.from(context, "the copy does not answer", AWAIT);
        }
    }

    private static Look judged(LiveContext context, BinlogPosition position) {
        ServerSession server = context.seedSession();
        requireServerOfItsOwn(context, server);
        StillCopy copy = new StillCopy(server);
        copy.requireNoEvents("The copy");
        copy.requireReached(position);
        copy.requireUnchangedSince(position);
        return new RecoveredCopy(context, server).look(position);
    }

    /** A name that leads to the source, or to the replica, may pass all that is looked at of a copy for a while. */
    private static void requireServerOfItsOwn(LiveContext context, ServerSession server) {
        String uuid = server.queryValue("SELECT @@GLOBAL.server_uuid").orElse("");
        boolean isNoCopy = uuid.equalsIgnoreCase(context.source().serverUuid())
                || uuid.equalsIgnoreCase(context.replica().serverUuid());
        if (isNoCopy) {
            throw new StepRefusedException(
                    Problem.of(AuroraSeedCode.NOT_A_COPY, "What was told to be the copy has the server_uuid " + uuid));
        }
    }
}
