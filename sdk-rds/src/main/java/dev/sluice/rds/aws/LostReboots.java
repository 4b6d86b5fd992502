// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.StepContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.SourceType;

/**
 * Sees to it that a reboot whose answer was lost is not made twice: AWS shows one in the instance's status and, later, in its events. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html">AWS: event messages; RDS-EVENT-0004 and
 *     RDS-EVENT-0006</a>
 */
final class LostReboots {
    private static final int DAY_IN_MINUTES = 1_440;

    private final AwsClients clients;
    private final RdsLooks looks;
    private final Map<Reboot, Doubt> doubts = new ConcurrentHashMap<>();

    LostReboots(AwsClients clients) {
        this.clients = clients;
        this.looks = new RdsLooks(clients);
    }

    /**
     * Who asks for a reboot of what. What a run has found out by its next look is not told here, so that a doubt of one must not keep another
     * from its own reboot.
     *
     * @param plan of the run; a run reboots an instance once
     * @param run empty in an undo
     */
    private record Reboot(GroupOwner instance, Plan plan, Optional<RunId> run) {}

    /**
     * One call of which nobody knows whether it arrived.
     *
     * @param before the latest restart that AWS showed before it, by AWS's clock
     * @param nanos when the answer was lost
     */
    private record Doubt(Instant before, long nanos) {}

    /**
     * Makes the call, unless an earlier one has arrived.
     *
     * @throws StepUnavailableException REBOOT_IN_DOUBT as long as an earlier one may still show
     */
    void rebootOnce(AwsPlace place, String id, StepContext context, Runnable call) {
        GroupOwner instance = GroupOwner.instance(place, id);
        Reboot reboot = new Reboot(instance, context.plan(), run(context));
        Instant latest = latestRestart(instance);
        Doubt doubt = doubts.get(reboot);
        if (doubt != null) {
            boolean arrived = latest.isAfter(doubt.before()) || looks.isRebooting(instance);
            if (!arrived && !isSettled(doubt)) {
                throw new StepUnavailableException(
                        Problem.of(AwsErrorCode.REBOOT_IN_DOUBT, "Nothing shows yet that " + id + " was rebooted"));
            }
            doubts.remove(reboot);
            if (arrived) {
                return;
            }
        }
        try {
            call.run();
        } catch (StepOutcomeUnknownException lost) {
            doubts.put(reboot, new Doubt(latest, System.nanoTime()));
            throw lost;
        }
    }

    private static Optional<RunId> run(StepContext context) {
        return context instanceof LiveContext live ? Optional.of(live.run()) : Optional.empty();
    }

    private boolean isSettled(Doubt doubt) {
        Duration since = Duration.ofNanos(System.nanoTime() - doubt.nanos());
        return since.compareTo(clients.pace().longest().multipliedBy(4)) > 0;
    }

    private Instant latestRestart(GroupOwner instance) {
        try {
            return clients
                    .rds(instance.place())
                    .describeEventsPaginator(request -> request.sourceIdentifier(instance.identifier())
                            .sourceType(SourceType.DB_INSTANCE)
                            .duration(DAY_IN_MINUTES))
                    .events()
                    .stream()
                    .filter(LostReboots::isRestart)
                    .map(Event::date)
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
        } catch (SdkException failure) {
            throw AwsFailures.whileReading(failure, "DescribeEvents for " + instance.identifier());
        }
    }

    private static boolean isRestart(Event event) {
        String message = event.message() == null ? "" : event.message().toLowerCase(Locale.ROOT);
        return event.date() != null && (message.contains("restarted") || message.contains("shutdown"));
    }
}
