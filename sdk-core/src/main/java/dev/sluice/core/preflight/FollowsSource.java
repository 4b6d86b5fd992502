// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.util.List;
import java.util.Optional;

/** A replica whose replication is ended or paused replicates, and from the source that the plan names, if it names one. */
final class FollowsSource implements LiveCheck {
    @Override
    public String id() {
        return "follows-source";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.END_OF_ANOTHER;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    static Optional<ReplicaStatus> status(LiveContext context) {
        return ReplicaStatusReader.readDefault(
                context.replicaSession(), Dialect.of(context.replica().version()));
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        return context.findSource().stream()
                .flatMap(source -> status(context).stream()
                        .filter(status -> isOfAnother(status, source))
                        .map(status -> Problem.of(
                                code(),
                                Labels.capital(Labels.replica(context)) + " follows "
                                        + status.source().host() + ":"
                                        + status.source().port() + " (server "
                                        + status.source().uuid() + "), and " + Labels.source(context) + " is server "
                                        + source.serverUuid())))
                .toList();
    }

    /** A channel that never connected has no server yet: where it tries to says little, names and ports are many. */
    private static boolean isOfAnother(ReplicaStatus status, ServerFacts source) {
        return !status.source().uuid().isEmpty() && !status.source().uuid().equalsIgnoreCase(source.serverUuid());
    }
}
