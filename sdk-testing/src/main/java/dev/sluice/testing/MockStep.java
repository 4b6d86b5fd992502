// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.OperationSecret;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationAccount;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Sql;
import dev.sluice.core.run.DrivenClock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** One row of the guide on mock servers: one operation, whose id and statement are named after the row. */
final class MockStep implements Step {
    private static final Duration CATCH_UP_DEADLINE = Duration.ofDays(7);

    private static final PollPace BY_CLOCK_OF_TESTS = new PollPace(Duration.ofMillis(250), Duration.ofMinutes(1));

    private final MockServers servers;
    private final GuideStep row;
    private final Target target;

    MockStep(MockServers servers, GuideStep row, Target target) {
        this.servers = servers;
        this.row = row;
        this.target = target;
    }

    static String name(GuideStep row) {
        return row.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public StepKey key() {
        return new StepKey(MockMySql.ENGINE, name(row), 1);
    }

    @Override
    public GuideStep row() {
        return row;
    }

    @Override
    public StepDraft compile(StepContext context) {
        return switch (row) {
            case ENABLE_BINLOG ->
                context.source().isOn("log_bin")
                        ? StepDraft.nothing("Binary logging is on.")
                        : StepDraft.of(sql(Statement.of("SET MOCK BINLOG ON"), undo()));
            case RETAIN_BINLOGS, RELAX_RETENTION -> retentionDraft(context);
            case CATCH_UP ->
                StepDraft.of(new WaitOperation(
                        reading(),
                        "the replica has caught up",
                        context.replication().deadlines().getOrDefault(row, CATCH_UP_DEADLINE)));
            case CREATE_REPLICATION_USER ->
                context.alreadyReplicating()
                        ? StepDraft.nothing("It replicates already.")
                        : StepDraft.of(sql(createUser(context.account()), dropUser(context.account())));
            case PREPARE_REPLICA ->
                context.alreadyReplicating()
                        ? StepDraft.nothing("It replicates already.")
                        : StepDraft.of(sql(statement(context), undo()));
            default -> StepDraft.of(sql(statement(context), undo()));
        };
    }

    private StepDraft retentionDraft(StepContext context) {
        Optional<Duration> wanted = context.replication().binlogRetention();
        if (wanted.isEmpty() || context.alreadyReplicating()) {
            return StepDraft.nothing(wanted.isEmpty() ? "The plan asks for no retention." : "It replicates already.");
        }
        return StepDraft.of(
                row == GuideStep.RETAIN_BINLOGS
                        ? new SqlOperation(changing().undoneBy(undo()), retention(wanted.get()))
                        : new SqlOperation(
                                changing(), retention(context.replication().retentionWhileReplicating())));
    }

    private static Statement retention(Duration window) {
        return Statement.of("SET MOCK BINLOG RETENTION TO " + window.toHours() + " HOURS");
    }

    private Statement statement(StepContext context) {
        return switch (row) {
            case ENABLE_REPLICATION ->
                Statement.of("START MOCK REPLICATION FROM " + context.sourceAsSeenByReplica() + " BY "
                        + context.positioning());
            default -> Statement.of("MOCK " + row.name().replace('_', ' '));
        };
    }

    private static Statement createUser(ReplicationAccount account) {
        return Sql.text("CREATE USER ")
                .account(account.user(), account.host().orElse("%"))
                .text(" IDENTIFIED BY ")
                .secret(OperationSecret.REPLICATION_PASSWORD)
                .build();
    }

    private Undo dropUser(ReplicationAccount account) {
        Statement drop = Sql.text("DROP USER IF EXISTS ")
                .account(account.user(), account.host().orElse("%"))
                .build();
        return new Undo(UndoScope.ROLLBACK, "undo: " + row.title(), drop, null);
    }

    private Operation sql(Statement statement, Undo undo) {
        boolean undone = row == GuideStep.CREATE_REPLICATION_USER
                || row == GuideStep.PROTECT_REPLICA
                || row == GuideStep.ENABLE_REPLICATION;
        return new SqlOperation(undone ? changing().undoneBy(undo) : changing(), statement);
    }

    private Undo undo() {
        return new Undo(UndoScope.ROLLBACK, "undo: " + row.title(), Statement.of(MockServers.UNDO + row.name()), null);
    }

    /** A wait of days by a test's clock is not to be a million looks. */
    @Override
    public PollPace pace() {
        return servers.state().clock() instanceof DrivenClock ? BY_CLOCK_OF_TESTS : PollPace.OF_SERVERS;
    }

    private OperationInfo changing() {
        return OperationInfo.changing(name(row), target, row.title());
    }

    private OperationInfo reading() {
        return OperationInfo.reading(name(row), target, row.title());
    }

    @Override
    public Look look(LiveContext context) {
        return servers.look(row, target, context);
    }
}
