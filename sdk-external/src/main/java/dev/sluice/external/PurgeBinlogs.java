// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.Sql;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The source has no binary logs before the file that the plan names. A server refuses to delete a file only while somebody reads it at that
 * moment, so that it is looked first whether anybody is attached, or this replica still needs one.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/purge-binary-logs.html">MySQL: PURGE BINARY LOGS</a>
 */
final class PurgeBinlogs implements Step {
    private static final String PURGE = "purge-binlogs";

    @Override
    public StepKey key() {
        return ExternalEngine.key("purge-binlogs");
    }

    @Override
    public GuideStep row() {
        return GuideStep.PURGE_BINLOGS;
    }

    private static String firstKept(StepContext context) {
        return context.end().firstKeptBinlog().orElseThrow();
    }

    @Override
    public StepDraft compile(StepContext context) {
        if (context.end().firstKeptBinlog().isEmpty()) {
            return StepDraft.nothing("The plan deletes no binary logs.");
        }
        List<Long> others = others(context, context.source().attachedReplicas());
        return others.isEmpty()
                ? StepDraft.of(new SqlOperation(
                                OperationInfo.changing(
                                        PURGE, Target.SOURCE, "delete the binary logs before " + firstKept(context)),
                                Sql.text("PURGE BINARY LOGS TO ")
                                        .literal(firstKept(context))
                                        .build()))
                        .needs(new RequiredPrivilege(
                                Target.SOURCE, List.of("BINLOG_ADMIN", "SUPER"), "to purge binary logs"))
                        .needs(new RequiredPrivilege(
                                Target.SOURCE, List.of("PROCESS"), "to see who reads the source's binary log"))
                        .note(
                                "This cannot be undone. Replicas that are not connected at the moment are not seen: whoever of them still"
                                        + " needs one of these files cannot go on.")
                : StepDraft.impossible(needed("other replicas are attached to the source, with server ids " + others));
    }

    private static List<Long> others(StepContext context, List<Long> attached) {
        return attached.stream()
                .filter(id -> id != context.replica().serverId())
                .toList();
    }

    @Override
    public Look look(LiveContext context) {
        List<String> files = context.sourceSession().query("SHOW BINARY LOGS").stream()
                .map(row -> row.text("Log_name"))
                .toList();
        String firstKept = firstKept(context);
        if (!files.contains(firstKept)) {
            throw new StepRefusedException(Problem.of(
                    ExternalErrorCode.NO_SUCH_BINLOG,
                    "The source " + context.source().address() + " has no binary log " + firstKept + ", but "
                            + files.get(0) + " to " + files.get(files.size() - 1)));
        }
        if (files.get(0).equals(firstKept)) {
            return Look.done("the first binary log is " + firstKept);
        }
        requireAppliedHere(context, files);
        requireNoOthers(context);
        return reads(context)
                ? Look.unknown("somebody reads the source's binary log")
                : StepLook.missingAll(context, "the first binary log is " + files.get(0));
    }

    /** A replica that keeps its configuration goes on from where its applier is. */
    private static void requireAppliedHere(LiveContext context, List<String> files) {
        Optional<ReplicaStatus> status = Channel.status(context)
                .filter(found ->
                        found.source().uuid().equalsIgnoreCase(context.source().serverUuid()));
        if (status.isPresent()) {
            String applied = status.get()
                    .applier()
                    .applied()
                    .map(position -> position.file())
                    .orElse("");
            if (files.indexOf(applied) < files.indexOf(firstKept(context))) {
                throw new StepRefusedException(
                        needed("the replica " + context.replica().address() + " has applied up to "
                                + (applied.isEmpty() ? "none of them" : applied) + " only"));
            }
        }
    }

    private static void requireNoOthers(LiveContext context) {
        Dialect dialect = Dialect.of(context.source().version());
        List<Long> others = others(
                context,
                context.sourceSession().query(dialect.showReplicas()).stream()
                        .map(row -> row.number("Server_Id"))
                        .toList());
        if (!others.isEmpty()) {
            throw new StepRefusedException(
                    needed("other replicas are attached to the source, with server ids " + others));
        }
    }

    /** Not everybody registers; and the source notices only after a while that a replica has gone. */
    private static boolean reads(LiveContext context) {
        return context.sourceSession().query("SHOW PROCESSLIST").stream()
                .anyMatch(thread -> thread.find("Command")
                        .filter(command -> command.toLowerCase(Locale.ROOT).startsWith("binlog dump"))
                        .isPresent());
    }

    private static Problem needed(String why) {
        return Problem.of(ExternalErrorCode.BINLOG_NEEDED, "Binary logs are not deleted: " + why);
    }
}
