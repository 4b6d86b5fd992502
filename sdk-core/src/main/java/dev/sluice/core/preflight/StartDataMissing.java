// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A replica that nothing is copied to holds the databases already. */
final class StartDataMissing implements LiveCheck {
    @Override
    public String id() {
        return "start-data-missing";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.START_DATA_MISSING;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (context.replication().start().isEmpty() || context.alreadyReplicating()) {
            return List.of();
        }
        Set<String> there = databases(context.replicaSession());
        List<String> missing = databases(context.sourceSession()).stream()
                .filter(context.replication().scope()::touches)
                .filter(database -> !there.contains(database))
                .toList();
        return missing.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(), Labels.capital(Labels.replica(context)) + " has no databases " + Listing.of(missing)));
    }

    private static Set<String> databases(ServerSession session) {
        return session.query("SHOW DATABASES").stream()
                .flatMap(row -> row.first().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
