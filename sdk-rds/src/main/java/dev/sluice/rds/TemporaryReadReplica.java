// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.rds.aws.AwsErrorCode;
import dev.sluice.rds.aws.RdsControlPlane;
import dev.sluice.rds.aws.Temporary;
import dev.sluice.rds.managed.ManagedErrorCode;
import dev.sluice.rds.managed.ManagedSteps;
import dev.sluice.rds.managed.ToldAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** See {@link RdsSeed#TEMPORARY_READ_REPLICA}. */
final class TemporaryReadReplica implements SeedOffer {
    private final @Nullable RdsControlPlane plane;

    TemporaryReadReplica(@Nullable RdsControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public Seed seed() {
        return RdsSeed.TEMPORARY_READ_REPLICA;
    }

    @Override
    public Artefact artefact() {
        return Artefact.ROWS;
    }

    @Override
    public List<Problem> unfit(StepContext context) {
        List<Problem> problems = noProcedure(context);
        if (context.replication().binlogRetention().isEmpty()
                && ManagedSteps.retention(context.source()).isEmpty()) {
            problems.add(Problem.of(
                    SeedCode.LOGS_NOT_KEPT,
                    "The source " + context.source().address()
                            + " keeps its binary logs for its own read replicas only, and the temporary one is gone before"
                            + " the replica has caught up"));
        }
        return problems;
    }

    /** Why a read replica of the source that a plan cannot ask people for could not be reached or held still. */
    static List<Problem> outOfReach(@Nullable RdsControlPlane plane, StepContext context) {
        List<Problem> problems = new ArrayList<>();
        if (mustBeTold(plane, context)) {
            problems.add(
                    Problem.of(
                            AwsErrorCode.NO_CLIENT,
                            "Where the temporary read replica will answer can be neither looked up nor told from "
                                    + context.source().address(),
                            "Give the engine clients by RdsEngine.create(clients), or the source its own name at amazonaws.com"));
        }
        problems.addAll(noProcedure(context));
        return problems;
    }

    /** Whether only a person could tell where it answers. */
    static boolean mustBeTold(@Nullable RdsControlPlane plane, StepContext context) {
        return plane == null && RdsAddress.parse(context.source().address()).isEmpty();
    }

    private static List<Problem> noProcedure(StepContext context) {
        List<Problem> problems = new ArrayList<>();
        if (context.source().routine(HoldReadReplica.STOP_PROCEDURE).isEmpty()) {
            problems.add(Problem.of(
                    ManagedErrorCode.PROCEDURE_MISSING,
                    "The server " + context.source().address() + " offers no procedure mysql."
                            + HoldReadReplica.STOP_PROCEDURE));
        }
        return problems;
    }

    @Override
    public Step step() {
        return new HoldReadReplica(plane);
    }

    @Override
    public Optional<Endpoint> server(StepContext context, RunId run) {
        return server(context, run, operation -> Optional.empty());
    }

    /** The same users with the same passwords, since they were replicated. */
    @Override
    public Optional<Endpoint> server(StepContext context, RunId run, Function<String, Optional<String>> told) {
        RdsMySql source = HoldReadReplica.source(context);
        String name = Temporary.name(run);
        RdsMySql server = RdsMySql.instance(name)
                .region(source.place().region())
                .credentials(source.credentials().user(), source.credentials().password())
                .account(source.place().account())
                .tls(source.tls());
        Optional<ServerAddress> address = plane == null
                ? RdsAddress.parse(context.source().address())
                        .map(known -> known.of(name))
                        .or(() -> ToldAddress.in(told))
                : Optional.empty();
        RdsMySql there =
                address.map(found -> server.at(found.host(), found.port())).orElse(server);
        return Optional.of(
                source.connectionSource().map(there::connectingThrough).orElse(there));
    }
}
