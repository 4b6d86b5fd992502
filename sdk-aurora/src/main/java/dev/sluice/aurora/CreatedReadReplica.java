// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.rds.aws.AwsPlace;
import dev.sluice.rds.aws.MadeClusters;
import dev.sluice.rds.managed.ByHand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new cluster in another region, which AWS makes and lets follow the source. */
final class CreatedReadReplica implements SeedAcceptance {
    private final @Nullable MadeClusters made;
    private final PollPace pace;

    CreatedReadReplica(@Nullable MadeClusters made, PollPace pace) {
        this.made = made;
        this.pace = pace;
    }

    @Override
    public Artefact artefact() {
        return AuroraArtefact.READ_REPLICA;
    }

    @Override
    public List<Problem> unfit(StepContext context) {
        if (!(context.replication().replica() instanceof NewAuroraReadReplica replica)) {
            return List.of(Problem.of(
                    ReadReplicaCode.WAY_OF_ANOTHER,
                    "The replica " + context.replication().replica().label() + " is none that AWS makes"));
        }
        List<Problem> problems = new ArrayList<>();
        AwsPlace source = CopyCluster.source(context).place();
        AwsPlace place = replica.place();
        if (place.region().equals(source.region()) || !place.account().equals(source.account())) {
            problems.add(Problem.of(
                    ReadReplicaCode.PLACE_UNFIT, "The source is in " + source + ", the replica would be in " + place));
        }
        if (hasOptions(context)) {
            problems.add(Problem.of(
                    ReadReplicaCode.OPTIONS_WITHOUT_EFFECT,
                    "The plan has options, or an account, for a replica that AWS looks after, " + replica.label()));
        }
        if (made == null) {
            problems.addAll(ByHand.problems(context));
        }
        return problems;
    }

    private static boolean hasOptions(StepContext context) {
        return !context.sourceOptions(AuroraOption.Wished.class).isEmpty()
                || !context.replicaOptions(AuroraOption.Wished.class).isEmpty()
                || !context.replication().replicationAccount().equals(ReplicationAccount.DEFAULT);
    }

    /** Why a way that makes an ordinary cluster does not do; empty if it does. */
    static List<Problem> isNotOrdinary(StepContext context) {
        return context.replication().replica() instanceof NewAuroraReadReplica replica
                ? List.of(Problem.of(
                        ReadReplicaCode.WAY_OF_ANOTHER,
                        "The replica " + replica.label() + " is one to which AWS itself replicates"))
                : List.of();
    }

    @Override
    public Step step() {
        return new CreateReadReplica(made, pace);
    }
}
