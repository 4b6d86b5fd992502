// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.core.mysql.FilterRule;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicationFilter;
import java.util.ArrayList;
import java.util.List;

/** What {@link EnableReplication} sees of the replica's channel, and what it makes of it. */
final class ChannelLook {
    private ChannelLook() {}

    static Look notConfigured(LiveContext context) {
        if (context.alreadyReplicating()) {
            throw StepLook.changed(context, "no replication is configured any more");
        }
        List<String> missing = new ArrayList<>(GtidTakeover.missing(context));
        missing.add(EnableReplication.FILTER);
        missing.add(EnableReplication.CHANGE_SOURCE);
        missing.add(EnableReplication.START);
        return StepLook.missing(context, "no replication is configured", missing);
    }

    static Look configured(LiveContext context, ReplicaStatus status) {
        requireOurs(context, status);
        ReplicationFilter filter = EnableReplication.filter(context);
        if (!filter.isShownAs(status.filter())) {
            return filterMissing(context, status);
        }
        return switch (status.health()) {
            case RUNNING ->
                Look.done(
                        "follows " + Channel.of(status) + ", " + status.health().meaning());
            case CONNECTING -> Look.unknown(status.reason());
            case RECEIVER_RETRYING, RECEIVER_FAILED -> receiverFailed(context, status);
            case APPLIER_FAILED -> throw ReplicationFailure.ofApplier(status);
            case RECEIVER_STOPPED, APPLIER_STOPPED, STOPPED -> startMissing(context, status);
        };
    }

    private static void requireOurs(LiveContext context, ReplicaStatus status) {
        Channel found = Channel.of(status);
        boolean ours = switch (found.follows(context.source())) {
            case THE_SOURCE -> true;
            case ANOTHER -> false;
            case NOT_KNOWN ->
                found.address().equals(context.sourceAsSeenByReplica())
                        && found.user().equals(context.account().user());
        };
        if (!ours) {
            throw new StepRefusedException(Problem.of(
                    ExternalErrorCode.FOLLOWS_ANOTHER_SOURCE, "The replica is configured to follow " + found));
        }
    }

    static Look filterMissing(LiveContext context, ReplicaStatus status) {
        if (status.filter().rules().containsKey(FilterRule.REWRITE_DB)) {
            throw new StepRefusedException(
                    Problem.of(ExternalErrorCode.FILTER_RENAMES, "The replica's filter is " + status.filter()));
        }
        List<String> missing = new ArrayList<>();
        if (status.applier().isRunning()) {
            missing.add(EnableReplication.STOP_APPLIER);
        }
        missing.add(EnableReplication.FILTER);
        missing.add(EnableReplication.START);
        return StepLook.missing(context, "the replica's filter is not the plan's: " + status.filter(), missing);
    }

    static Look receiverFailed(LiveContext context, ReplicaStatus status) {
        if (!ReplicationFailure.canPass(status)) {
            throw ReplicationFailure.ofReceiver(status);
        }
        boolean tries = status.receiver().state() != ReplicaStatus.ReceiverState.STOPPED;
        return tries ? Look.unknown(status.reason()) : startMissing(context, status);
    }

    static Look startMissing(LiveContext context, ReplicaStatus status) {
        ReplicaHealth health = status.health();
        return StepLook.missing(context, health.meaning(), List.of(EnableReplication.START));
    }
}
