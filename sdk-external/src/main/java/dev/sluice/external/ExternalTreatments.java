// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.ReplicaTreatments;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicationThread;
import java.util.List;
import java.util.Optional;

/**
 * Self-managed replicas are treated by MySQL's own statements. Of a channel only what has to change is named: naming the source's host, even the
 * same one, makes the server forget its place.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/change-replication-source-to.html">MySQL: CHANGE REPLICATION SOURCE TO</a>
 */
final class ExternalTreatments implements ReplicaTreatments {
    @Override
    public boolean copiesTables() {
        return true;
    }

    @Override
    public List<Operation> start(Symptoms symptoms) {
        return List.of(starting(symptoms));
    }

    private static Operation starting(Symptoms symptoms) {
        return sql("start", "start receiver and applier", dialect(symptoms).startReplica(Channel.NAME));
    }

    @Override
    public List<Operation> skip(Symptoms symptoms) {
        return symptoms.stuck()
                .map(stuck -> SkipTransaction.of(symptoms.replica(), stuck))
                .filter(skipping -> !skipping.isEmpty())
                .map(skipping -> Operations.and(skipping, starting(symptoms)))
                .orElse(List.of());
    }

    /** Only while the applier runs: with both halves stopped, the server would throw away what was fetched and not applied. */
    @Override
    public List<Operation> nextLog(Symptoms symptoms) {
        ChannelState channel = channel(symptoms);
        if (channel.autoPosition() || channel.applier().isStopped()) {
            return List.of();
        }
        return NextLog.after(channel, symptoms)
                .map(next -> List.of(
                        new SqlOperation(
                                OperationInfo.changing(
                                                "next-log",
                                                Target.REPLICA,
                                                "go on at the beginning of the file " + next)
                                        .disruptiveWith(Consent.SKIPPED_CHANGES),
                                dialect(symptoms)
                                        .changeSource(Channel.NAME)
                                        .literal("SOURCE_LOG_FILE", next)
                                        .number("SOURCE_LOG_POS", BinlogPosition.FIRST)
                                        .build()),
                        starting(symptoms)))
                .map(operations -> Operations.after(stoppingReceiver(symptoms), operations))
                .orElse(List.of());
    }

    /**
     * By GTIDs the server knows what it has. By positions the applier's own is where to go on, as long as it stands still; the server refuses if its
     * workers have left gaps.
     */
    @Override
    public List<Operation> fetchAgain(Symptoms symptoms) {
        ChannelState channel = channel(symptoms);
        Dialect dialect = dialect(symptoms);
        Operation stop = sql("stop", "stop receiver and applier", dialect.stopReplica(Channel.NAME));
        if (channel.autoPosition()) {
            return List.of(
                    stop,
                    sql(
                            "forget-relay-log",
                            "throw away what was fetched; the source and its account stay configured",
                            dialect.forgetRelayLog(Channel.NAME)),
                    starting(symptoms));
        }
        Optional<BinlogPosition> applied =
                channel.applier().position().filter(any -> channel.applier().isStopped());
        return applied.<List<Operation>>map(from -> List.of(
                        stop,
                        new SqlOperation(
                                OperationInfo.changing(
                                        "fetch-from",
                                        Target.REPLICA,
                                        "fetch again from " + from + ", where the applier stands"),
                                dialect.changeSource(Channel.NAME)
                                        .literal("SOURCE_LOG_FILE", from.file())
                                        .number("SOURCE_LOG_POS", from.position())
                                        .build()),
                        starting(symptoms)))
                .orElse(List.of());
    }

    @Override
    public List<Operation> point(Symptoms symptoms, Pointing pointing) {
        return PointedChannel.statement(symptoms, pointing)
                .<List<Operation>>map(statement -> List.of(
                        stoppingReceiver(symptoms),
                        new SqlOperation(
                                OperationInfo.changing("point", Target.REPLICA, PointedChannel.purpose(pointing)),
                                statement),
                        starting(symptoms)))
                .orElse(List.of());
    }

    private static Operation stoppingReceiver(Symptoms symptoms) {
        return sql(
                "stop-receiver", "stop the receiver", dialect(symptoms).stop(ReplicationThread.RECEIVER, Channel.NAME));
    }

    @Override
    public List<Operation> set(Symptoms symptoms, String variable, String value) {
        return symptoms.replica().variable(variable).isEmpty()
                ? List.of()
                : List.of(new Setting(symptoms.replica(), variable, value)
                        .operation(
                                "set-" + variable.replace('_', '-'),
                                Target.REPLICA,
                                "set " + variable + " to " + value,
                                UndoScope.ROLLBACK));
    }

    private static SqlOperation sql(String id, String purpose, String statement) {
        return new SqlOperation(OperationInfo.changing(id, Target.REPLICA, purpose), Statement.of(statement));
    }

    private static ChannelState channel(Symptoms symptoms) {
        return symptoms.channel().orElseThrow(() -> new IllegalStateException("No channel is configured"));
    }

    private static Dialect dialect(Symptoms symptoms) {
        return Dialect.of(symptoms.replica().version());
    }
}
