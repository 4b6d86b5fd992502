// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two servers for an engine's contract on which nothing is done yet, with sessions that keep what they are sent. Not thread-safe. */
final class ContractServers {
    private static final Logger log = LoggerFactory.getLogger(ContractServers.class);

    private final ReplicationPlan plan;
    private final ServerFacts source;
    private final ServerFacts replica;
    private final SpokenFacts onSource;
    private final SpokenFacts onReplica;

    ContractServers(ReplicationPlan plan, ServerFacts source, ServerFacts replica) {
        this.plan = plan;
        this.source = source;
        this.replica = replica;
        this.onSource = new SpokenFacts(source);
        this.onReplica = new SpokenFacts(replica);
    }

    /** Everything that either server was sent. */
    List<String> sent() {
        List<String> all = new ArrayList<>(onSource.sent());
        all.addAll(onReplica.sent());
        return all;
    }

    /** What a step sees there; empty if it cannot say, as of servers that answer nothing to most questions. What it asked is what counts. */
    Optional<Look> look(Step step) {
        try {
            return Optional.of(step.look(context(step.row()).at(step)));
        } catch (RuntimeException cannotTell) {
            log.debug("A step asks what these servers have no answer to. step={}", step.key(), cannotTell);
            return Optional.empty();
        }
    }

    /**
     * What a step sees there, which has to be something: a run that never gets an answer does not get beyond the step.
     *
     * @throws AssertionError if the look throws
     */
    Look see(Step step) {
        try {
            return step.look(context(step.row()).at(step));
        } catch (RuntimeException failure) {
            throw new AssertionError(
                    "The look of " + step.key()
                            + " gives no answer about servers on which nothing is done, which answer no rows"
                            + " to what facts do not tell; it throws " + failure,
                    failure);
        }
    }

    /** Has a check look at them, whatever it makes of servers that have no rows for most questions. */
    void examine(Check check) {
        MockContext context =
                MockContext.of(plan, source, replica).sourceSession(onSource).replicaSession(onReplica);
        try {
            var unused = check.examine(context);
        } catch (RuntimeException cannotTell) {
            log.debug("A check asks what these servers have no answer to. check={}", check.id(), cannotTell);
        }
    }

    /** Whether the step would change something there. */
    boolean hasWork(Step step) {
        return !step.compile(context(step.row())).operations().isEmpty();
    }

    private MockContext context(GuideStep row) {
        return bare(row)
                .sourceSession(onSource)
                .replicaSession(onReplica)
                .coordinates(new Coordinates(
                        source.serverUuid(),
                        "",
                        new BinlogPosition(MockReplication.LOG, MockReplication.FIRST),
                        source.gtidsOn() ? MySqlGtidSet.parse(source.gtidExecuted()) : null,
                        Instant.EPOCH,
                        "contract"));
    }

    private MockContext bare(GuideStep row) {
        if (row.compareTo(GuideStep.START_REPLICATION) < 0) {
            return MockContext.of(plan, source, replica);
        }
        if (row == GuideStep.START_REPLICATION) {
            return MockContext.of(PausePlan.start(plan.replica()), replica);
        }
        return MockContext.of(
                EndPlan.of(plan.replica())
                        .source(plan.source())
                        .dropReplicationUser("sluice_repl", "10.0.0.7")
                        .restoreRetention(Duration.ofHours(72)),
                source,
                replica);
    }

    /** The replica's facts once it follows the source as the plan wants it. */
    ServerFacts replicating() {
        boolean byGtids = plan.positioning() != Positioning.BINLOG_POSITION && source.gtidsOn() && replica.gtidsOn();
        ChannelFacts channel = new ChannelFacts(
                "",
                plan.source().addressForReplica().orElse(source.address()).host(),
                plan.source().addressForReplica().orElse(source.address()).port(),
                plan.replicationAccount().user(),
                source.serverUuid(),
                byGtids,
                true,
                "Yes",
                "Yes");
        return replica.withChannels(List.of(channel));
    }
}
