// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.dump.DumpPrograms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Matches what the source's engine offers with what the replica's accepts, in the plan's order of preference. Pure. Not thread-safe: one
 * object a compilation.
 */
final class SeedMatching {
    private final StepContext context;
    private final DumpPrograms programs;
    private final List<SeedOffer> offers;
    private final List<SeedAcceptance> acceptances;
    private final List<Problem> against = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    SeedMatching(StepContext context, Engine source, Engine replica, DumpPrograms programs) {
        this.context = context;
        this.programs = programs;
        this.offers = Stream.concat(
                        Stream.of(new LogicalCopy(source.snapshotLocks(), programs)), source.seedOffers().stream())
                .toList();
        this.acceptances = replica.seedAcceptances();
    }

    /** What a plan does that copies nothing: the steps of the logical copy say so themselves. */
    static SeedChoice none(List<LockKind> locks) {
        return new SeedChoice(
                new TakeSnapshot(locks, DumpPrograms.NONE), new LoadSnapshot(DumpPrograms.NONE), List.of());
    }

    /**
     * The first way that works.
     *
     * @throws PlanRejectedException with the reasons against each way that the plan names, if none works
     */
    SeedChoice choose(ReplicationPlan plan) {
        for (Seed seed : preferred(plan)) {
            Optional<SeedChoice> choice = offered(seed).flatMap(offer -> choice(offer, plan));
            if (choice.isPresent()) {
                return choice.get();
            }
        }
        throw new PlanRejectedException(against);
    }

    /** A plan that says nothing has the ordinary copy, which some replicas cannot have. */
    private static List<Seed> preferred(ReplicationPlan plan) {
        return plan.seeds().equals(List.of(Seed.LOGICAL_COPY))
                ? plan.replica().onlySeed().map(List::of).orElse(plan.seeds())
                : plan.seeds();
    }

    private Optional<SeedOffer> offered(Seed seed) {
        List<SeedOffer> named =
                offers.stream().filter(one -> one.seed().equals(seed)).toList();
        Optional<SeedOffer> offer = named.stream().filter(this::makesSense).findFirst();
        if (offer.isEmpty() && !named.isEmpty()) {
            fallsOut(
                    seed,
                    Problem.of(
                            PlanCode.SEED_NOT_FOR_NEW,
                            "The replica " + context.plan().replica().label() + " is created by the plan, and " + seed
                                    + " leaves only rows behind to be copied"));
        } else if (offer.isEmpty()) {
            String known = offers.stream().map(one -> one.seed().name()).collect(Collectors.joining(", "));
            fallsOut(
                    seed,
                    Problem.of(
                            PlanCode.SEED_NOT_OFFERED,
                            "The source's engine does not offer " + seed + ", only " + known));
        }
        return offer;
    }

    /** A replica that is created is created with its data; into one that is there, rows are copied where that is an option. */
    private boolean makesSense(SeedOffer offer) {
        return !context.replica().isExpected() || !offer.artefact().equals(Artefact.ROWS);
    }

    private Optional<SeedChoice> choice(SeedOffer offer, ReplicationPlan plan) {
        List<Problem> unfit = new ArrayList<>(offer.unfit(context));
        Optional<Step> load = Optional.empty();
        if (offer.seed().equals(Seed.LOGICAL_COPY)) {
            load = Optional.of(new LoadSnapshot(programs));
        } else if (offer.artefact().equals(Artefact.ROWS)) {
            unfit.addAll(withPrograms(offer, plan));
            load = Optional.of(new LoadFromStillServer());
        } else {
            load = accepted(offer, unfit);
        }
        unfit.forEach(problem -> fallsOut(offer.seed(), problem));
        return unfit.isEmpty() ? load.map(step -> chosen(offer, step)) : Optional.empty();
    }

    /** Programs log in to the source by themselves, and read nowhere else. */
    private static List<Problem> withPrograms(SeedOffer offer, ReplicationPlan plan) {
        return plan.copyMethod() == CopyMethod.IN_PROCESS
                ? List.of()
                : List.of(Problem.of(
                        PlanCode.SEED_NOT_FOR_PROGRAMS,
                        "From the server of " + offer.seed() + " rows are read inside the JVM only, not by "
                                + plan.copyMethod()));
    }

    private Optional<Step> accepted(SeedOffer offer, List<Problem> unfit) {
        Optional<SeedAcceptance> acceptance = acceptances.stream()
                .filter(one -> one.artefact().equals(offer.artefact()))
                .findFirst();
        if (acceptance.isEmpty()) {
            unfit.add(Problem.of(
                    PlanCode.SEED_NOT_ACCEPTED,
                    "The replica's engine loads nothing from "
                            + offer.artefact().label()));
        }
        acceptance.ifPresent(one -> unfit.addAll(one.unfit(context)));
        return acceptance.map(SeedAcceptance::step);
    }

    private void fallsOut(Seed seed, Problem why) {
        against.add(why);
        notes.add("The plan prefers " + seed + ", which does not work here: " + why.what() + ".");
    }

    private SeedChoice chosen(SeedOffer offer, Step load) {
        if (!offer.seed().equals(Seed.LOGICAL_COPY) || !notes.isEmpty()) {
            notes.add("Chosen: " + offer.seed() + ".");
        }
        return new SeedChoice(offer.step(), load, notes);
    }
}
