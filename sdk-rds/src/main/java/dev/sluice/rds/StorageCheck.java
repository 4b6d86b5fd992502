// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.rds.aws.RdsInstance;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the replica's storage can hold the databases of the scope, as large as the source estimates them to be, if AWS can be asked how
 * much the instance has, or may grow to by itself. Single tables of a scope are not counted.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.StorageTypes.html">AWS: storage of DB instances</a>
 */
final class StorageCheck implements Check {
    /** Under this name the facts hold what AWS has said. */
    private static final String FACT = "sluice.storage_gib";

    private static final long GIB = 1L << 30;

    private static final String SIZES =
            "SELECT TABLE_SCHEMA AS db, CAST(SUM(DATA_LENGTH + INDEX_LENGTH) AS UNSIGNED) AS bytes FROM information_schema.TABLES"
                    + " WHERE TABLE_TYPE = 'BASE TABLE' GROUP BY TABLE_SCHEMA";

    static ServerFacts addedTo(ServerFacts facts, Optional<RdsInstance> instance) {
        return instance.filter(told -> told.storageGib() > 0)
                .map(told -> facts.plusVariables(Map.of(FACT, Integer.toString(told.storageGib()))))
                .orElse(facts);
    }

    @Override
    public String id() {
        return "rds-storage";
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public ErrorCode code() {
        return RdsErrorCode.STORAGE_SMALL;
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        Optional<Long> storage = context.replica().variable(FACT).map(Long::parseLong);
        boolean loads = context.replication().start().isEmpty()
                && !context.alreadyReplicating()
                && context.replication().lastStep().compareTo(GuideStep.LOAD) >= 0;
        if (storage.isEmpty() || !loads) {
            return List.of();
        }
        long bytes = bytes(context);
        return bytes <= storage.get() * GIB
                ? List.of()
                : List.of(new Finding(
                        id(),
                        level(),
                        Problem.of(
                                code(),
                                "The scope takes about " + (bytes + GIB - 1) / GIB
                                        + " GiB on the source, and the instance at "
                                        + context.replica().address() + " has, or may grow to, " + storage.get()
                                        + " GiB")));
    }

    private static long bytes(LiveContext context) {
        Scope scope = context.replication().scope();
        return context.sourceSession().query(SIZES).stream()
                .filter(row -> scope.includesWhole(row.text("db")))
                .mapToLong(row -> row.find("bytes").map(Long::parseLong).orElse(0L))
                .sum();
    }
}
