// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.run.RunId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A way in which an engine's sources can be snapshotted. Core matches it with what the replica accepts, in the order of the plan's preference; a
 * plan gets no other way than those that it names. Implementations are immutable and thread-safe.
 */
public interface SeedOffer {
    /**
     * Its name in plans. Two offers may have one name where they leave different artefacts: a replica that the plan creates begins with a native
     * one, a replica that is there is loaded with rows where these are on offer.
     */
    Seed seed();

    /** What it leaves behind for the load. */
    Artefact artefact();

    /** Why it cannot be taken for this plan on these servers; empty if it can. Pure. */
    List<Problem> unfit(StepContext context);

    /**
     * The row {@link dev.sluice.api.plan.GuideStep#SNAPSHOT}. Where its artefact are {@link Artefact#ROWS}, an operation of it fills
     * {@link dev.sluice.api.operation.Slot#SNAPSHOT_COORDINATES}, and its look tells them when it is done. What is temporary is undone by an
     * undo of scope TEMPORARY, which core plays as soon as the load is done.
     */
    Step step();

    /**
     * The temporary server that one run reads from, on which operations of target {@link dev.sluice.api.operation.Target#SEED} work; empty if
     * there is none. Pure: its address may still have to be looked up.
     */
    default Optional<Endpoint> server(StepContext context, RunId run) {
        return Optional.empty();
    }

    /**
     * As {@link #server(StepContext, RunId)}, for a server that a person has made, where only the person knows where it answers.
     *
     * @param told what was told of an operation of {@link #step()}, by its id; see {@link LiveContext#told}
     */
    default Optional<Endpoint> server(StepContext context, RunId run, Function<String, Optional<String>> told) {
        return server(context, run);
    }
}
