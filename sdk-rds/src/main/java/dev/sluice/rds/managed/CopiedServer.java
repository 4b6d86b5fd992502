// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.FactsReader;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.SnapshotGtids;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Judges whether a whole copy of the source can be the replica, before it is pointed at the source. */
public record CopiedServer(LiveContext context) {
    /**
     * Looks at it.
     *
     * @throws StepRefusedException if it is the same server by its own words, or replicates from anywhere
     */
    public void requireUsable() {
        ServerSession replica = context.replicaSession();
        requireServerOfItsOwn(replica);
        requireNoChannel(replica);
    }

    private void requireServerOfItsOwn(ServerSession replica) {
        String uuid = replica.queryValue("SELECT @@GLOBAL.server_uuid").orElse("");
        String id = replica.queryValue("SELECT @@GLOBAL.server_id").orElse("");
        boolean same = uuid.equalsIgnoreCase(context.source().serverUuid())
                || id.equals(Long.toString(context.source().serverId()));
        if (same) {
            throw refused(CreationCode.SAME_IDENTITY, "it has server_uuid " + uuid + " and server_id " + id);
        }
    }

    private void requireNoChannel(ServerSession replica) {
        ReplicaStatusReader.readAll(replica, Dialect.of(context.source().version())).stream()
                .map(ReplicaStatus::source)
                .filter(source -> !source.host().isEmpty())
                .findFirst()
                .ifPresent(source -> {
                    throw refused(
                            CreationCode.SOURCE_REPLICATES,
                            "it is configured to replicate from " + source.host() + ":" + source.port());
                });
    }

    /**
     * Looks whether it holds the transactions of the snapshot and no later ones. Of one without GTIDs nobody can tell more than that it was
     * made from a server that stood there.
     *
     * @throws StepRefusedException if it does not
     */
    public void requireTransactionsOfSnapshot() {
        SnapshotGtids gtids = SnapshotGtids.of(context);
        boolean none = gtids.executed().isEmpty() && context.positioning() == Positioning.BINLOG_POSITION;
        boolean later = !gtids.skipped(context.source().serverUuid(), "").isEmpty();
        if (later || !(none || gtids.areThere())) {
            throw refused(
                    CreationCode.COPY_OF_ANOTHER,
                    "it has the GTIDs " + gtids.executed() + ", and the snapshot "
                            + gtids.held().map(Object::toString).orElse("none"));
        }
    }

    /**
     * Looks whether it has the procedures that the plan was compiled with, each with as many arguments: what was expected of it may be wrong.
     *
     * @throws StepRefusedException if it lacks one
     */
    public void requireProcedures() {
        Map<String, Integer> has = FactsReader.routines(context.replicaSession()).stream()
                .collect(Collectors.toMap(
                        Routine::name, routine -> routine.parameters().size()));
        List<String> lacking = context.replica().routines().stream()
                .filter(routine -> !Integer.valueOf(routine.parameters().size()).equals(has.get(routine.name())))
                .map(routine -> routine.name() + " with " + routine.parameters().size() + " arguments")
                .toList();
        if (!lacking.isEmpty()) {
            throw refused(CreationCode.PROCEDURES_DIFFER, "it does not have " + String.join(", ", lacking));
        }
    }

    private StepRefusedException refused(CreationCode code, String why) {
        return new StepRefusedException(
                Problem.of(code, "The new server " + context.plan().replica().label() + ": " + why));
    }
}
