// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.util.List;
import java.util.Optional;

/** Tells what the end of a replication leaves behind: the source's changes that the replica has not applied. */
final class NotApplied implements LiveCheck {
    @Override
    public String id() {
        return "not-applied";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.NOT_APPLIED;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!(context.plan() instanceof EndPlan end)
                || !end.resetsReplica()
                || end.source().isEmpty()
                || !context.source().isOn("log_bin")) {
            return List.of();
        }
        return status(context).stream()
                .filter(status ->
                        status.source().uuid().equalsIgnoreCase(context.source().serverUuid()))
                .flatMap(status -> behind(context, status).stream())
                .toList();
    }

    private static Optional<ReplicaStatus> status(LiveContext context) {
        return ReplicaStatusReader.readDefault(
                context.replicaSession(), Dialect.of(context.replica().version()));
    }

    private List<Problem> behind(LiveContext context, ReplicaStatus before) {
        Coordinates target = context.sourceAtStart();
        ReplicaStatus now = status(context).orElse(before);
        return now.hasApplied(target)
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context)) + " has not applied everything up to "
                                + target.position() + " of " + Labels.source(context) + ": "
                                + now.reason()));
    }
}
