// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.api.operation.OperationSecret.REPLICATION_PASSWORD;

import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.ChangeSource;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicationFilter;
import dev.sluice.core.mysql.ReplicationThread;
import dev.sluice.external.ExternalOption.ReplicationTls;
import java.util.List;

/**
 * The replica follows the source from the snapshot's coordinates on, with the filter of the plan's scope, encrypted.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/change-replication-source-to.html">MySQL: CHANGE REPLICATION SOURCE TO</a>
 */
final class EnableReplication implements Step {
    static final String STOP_APPLIER = "stop-applier";
    static final String FILTER = "set-filter";
    static final String CHANGE_SOURCE = "change-source";
    static final String START = "start";

    /** Servers wait 60 s by default, and give up after 86,400 tries; from 8.4 on after 10, which is 10 minutes. */
    private static final long RETRY_SECONDS = 10;

    private static final long RETRIES = 86_400;

    @Override
    public StepKey key() {
        return ExternalEngine.key("enable-replication");
    }

    @Override
    public GuideStep row() {
        return GuideStep.ENABLE_REPLICATION;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Dialect dialect = Dialect.of(context.replica().version());
        StepDraft draft = context.alreadyReplicating() ? refreshed(context) : fresh(context, dialect);
        return draft.needs(new RequiredPrivilege(
                        Target.REPLICA, dialect.replicationAdminPrivileges(), "to configure and start replication"))
                .note(
                        "The filter keeps changes out that are not in the plan's scope. The replica forgets it when it restarts"
                                + " unless its option file says it, too: "
                                + String.join("; ", filter(context).optionFileLines()));
    }

    /** A replica that follows the source already may have lost its filter, or been stopped. */
    private static StepDraft refreshed(StepContext context) {
        return startingWith(context, filter(context))
                .note(
                        "The replica follows the source already; nothing of this is done as long as it runs with its filter.");
    }

    /** For a channel that is configured: the filter is set only if it is not there, and only what does not run is started. */
    static StepDraft startingWith(StepContext context, ReplicationFilter filter) {
        Dialect dialect = Dialect.of(context.replica().version());
        return StepDraft.of(
                new SqlOperation(
                        OperationInfo.changing(
                                        STOP_APPLIER,
                                        Target.REPLICA,
                                        "stop the applier, if the filter has to be set again")
                                .undoneBy(applierGoesOn(context, filter.statement(), dialect)),
                        Statement.of(dialect.stop(ReplicationThread.APPLIER, Channel.NAME))),
                new SqlOperation(
                        OperationInfo.changing(
                                FILTER, Target.REPLICA, "set the filter again, if a restart has lost it"),
                        filter.statement()),
                new SqlOperation(
                        OperationInfo.changing(START, Target.REPLICA, "start what does not run"),
                        Statement.of(dialect.startReplica(Channel.NAME))));
    }

    /**
     * Whatever came of the filter, it is set before the applier goes on. Each of the statements may find its work done: a run that is
     * taken back after its start has nothing to start.
     */
    private static Undo applierGoesOn(StepContext context, Statement filter, Dialect dialect) {
        return new Undo(
                UndoScope.ROLLBACK,
                "let the applier go on, with the filter",
                List.of(Statement.of(dialect.stop(ReplicationThread.APPLIER, Channel.NAME)), filter),
                Statement.of(dialect.start(ReplicationThread.APPLIER, Channel.NAME)),
                Channel.of(context.replica()).orElseThrow().stillThere(context.replica()));
    }

    private static StepDraft fresh(StepContext context, Dialect dialect) {
        OnlyIf ours = channel(context).stillThere(context.replica());
        return GtidTakeover.addTo(StepDraft.of(), context)
                .and(new SqlOperation(
                        OperationInfo.changing(FILTER, Target.REPLICA, "let only changes of the plan's scope through")
                                .undoneBy(undo(
                                        "remove the filter",
                                        ReplicationFilter.removal(),
                                        Channel.noneLeft(context.replica()))),
                        filter(context).statement()))
                .and(new SqlOperation(
                        OperationInfo.changing(
                                        CHANGE_SOURCE,
                                        Target.REPLICA,
                                        "point the replica at the source, where the snapshot ends")
                                .undoneBy(undo("forget the source", dialect.resetReplica(Channel.NAME), ours)),
                        changeSource(context, dialect)))
                .needs(new RequiredPrivilege(
                        Target.REPLICA,
                        List.of("RELOAD"),
                        "to remove the replication configuration if the run is taken back"))
                .and(new SqlOperation(
                        OperationInfo.changing(START, Target.REPLICA, "start receiver and applier")
                                .undoneBy(undo("stop replication", dialect.stopReplica(Channel.NAME), ours)),
                        Statement.of(dialect.startReplica(Channel.NAME))));
    }

    private static Undo undo(String purpose, String sql, OnlyIf onlyIf) {
        return undo(purpose, Statement.of(sql), onlyIf);
    }

    private static Undo undo(String purpose, Statement statement, OnlyIf onlyIf) {
        return new Undo(UndoScope.ROLLBACK, purpose, statement, onlyIf);
    }

    private static Channel channel(StepContext context) {
        return new Channel(
                context.sourceAsSeenByReplica(),
                context.account().user(),
                context.source().serverUuid());
    }

    static ReplicationFilter filter(StepContext context) {
        return ReplicationFilter.of(context.replication().scope());
    }

    private static Statement changeSource(StepContext context, Dialect dialect) {
        ChangeSource change = dialect.changeSource(Channel.NAME)
                .source(context.sourceAsSeenByReplica())
                .login(context.account().user(), REPLICATION_PASSWORD);
        change = context.positioning() == Positioning.GTID
                ? change.followGtids()
                : change.startAt(Slot.SNAPSHOT_COORDINATES);
        return encrypted(change, context)
                .number("SOURCE_CONNECT_RETRY", RETRY_SECONDS)
                .number("SOURCE_RETRY_COUNT", RETRIES)
                .build();
    }

    private static ChangeSource encrypted(ChangeSource change, StepContext context) {
        if (LinkEncryption.of(context) == LinkEncryption.PLAIN_TEXT) {
            return change.plainText();
        }
        return context.replicaOptions(ReplicationTls.class).stream()
                .findFirst()
                .map(tls -> verified(change, tls))
                .orElseGet(change::encrypt);
    }

    private static ChangeSource verified(ChangeSource change, ReplicationTls tls) {
        ChangeSource verified = change.encryptAndVerify(tls.ca());
        return tls.check() == ReplicationTls.Check.AUTHORITY_AND_HOST ? verified.verifyHostName() : verified;
    }

    @Override
    public Look look(LiveContext context) {
        return Channel.status(context)
                .map(status -> ChannelLook.configured(context, status))
                .orElseGet(() -> ChannelLook.notConfigured(context));
    }
}
