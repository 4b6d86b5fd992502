// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.rds.aws.Temporary;
import dev.sluice.rds.aws.TemporaryCopies;
import dev.sluice.rds.managed.ToldAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** See {@link AuroraSeed}. */
final class ClusterCopy implements SeedOffer {
    private final Origin origin;
    private final @Nullable TemporaryCopies copies;

    /** What the copy is made from. */
    enum Origin {
        SNAPSHOT(AuroraSeed.CLUSTER_SNAPSHOT),
        CLONE(AuroraSeed.CLUSTER_CLONE);

        @SuppressWarnings("ImmutableEnumChecker") // a record of a text
        private final Seed seed;

        Origin(Seed seed) {
            this.seed = seed;
        }

        Seed seed() {
            return seed;
        }
    }

    ClusterCopy(Origin origin, @Nullable TemporaryCopies copies) {
        this.origin = origin;
        this.copies = copies;
    }

    @Override
    public Seed seed() {
        return origin.seed;
    }

    @Override
    public Artefact artefact() {
        return Artefact.ROWS;
    }

    @Override
    public List<Problem> unfit(StepContext context) {
        List<Problem> problems = new ArrayList<>();
        List<EventFacts> enabled =
                context.source().events().stream().filter(EventFacts::isEnabled).toList();
        if (!enabled.isEmpty() && context.source().isOn("event_scheduler")) {
            problems.add(Problem.of(
                    AuroraSeedCode.EVENTS_WOULD_RUN,
                    "These events would run on the copy before its rows are read: "
                            + enabled.stream()
                                    .map(event -> event.name().toString())
                                    .collect(Collectors.joining(", "))));
        }
        return problems;
    }

    @Override
    public Step step() {
        return copies == null ? new CopyClusterByHand(origin) : new CopyCluster(origin, copies);
    }

    @Override
    public Optional<Endpoint> server(StepContext context, RunId run) {
        return server(context, run, operation -> Optional.empty());
    }

    /** Without clients it answers where the source's own name says, or where a person has told. */
    @Override
    public Optional<Endpoint> server(StepContext context, RunId run, Function<String, Optional<String>> told) {
        AuroraMySql copy = lookedUp(context, run);
        Optional<ServerAddress> address = copies == null
                ? ClusterAddress.parse(context.source().address())
                        .map(known -> known.of(Temporary.name(run)))
                        .or(() -> ToldAddress.in(told))
                : Optional.empty();
        return Optional.of(
                address.map(found -> copy.at(found.host(), found.port())).orElse(copy));
    }

    private static AuroraMySql lookedUp(StepContext context, RunId run) {
        AuroraMySql source = CopyCluster.source(context);
        AuroraMySql copy = AuroraMySql.cluster(Temporary.name(run))
                .region(source.place().region())
                .credentials(source.credentials().user(), source.credentials().password())
                .account(source.place().account())
                .tls(source.tls());
        return source.connectionSource().map(copy::connectingThrough).orElse(copy);
    }
}
