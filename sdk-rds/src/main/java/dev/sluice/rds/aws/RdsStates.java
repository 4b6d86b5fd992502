// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.StepContext;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether the instance or the cluster that a call is about is in a state for it. Thread-safe. */
final class RdsStates {
    private final RdsLooks looks;

    RdsStates(AwsClients clients) {
        this.looks = new RdsLooks(clients);
    }

    /**
     * A call that takes effect at once takes along what others have left for a maintenance window.
     *
     * @throws StepRefusedException CHANGES_PENDING if there is such, and the plan does not allow it
     */
    void requireNothingElsePending(AwsPlace place, ControlPlaneOperation call, StepContext context) {
        boolean atOnce = "true".equals(call.parameters().get(ParameterGroupCalls.IMMEDIATELY));
        if (!atOnce || context.allows(Consent.PENDING_CHANGES)) {
            return;
        }
        GroupOwner changed = subject(place, call, ParameterGroupCalls.INSTANCE, ParameterGroupCalls.CLUSTER)
                .orElseThrow(() -> new IllegalArgumentException(call.action() + " names nothing that it changes"));
        Set<String> others = new TreeSet<>(looks.pendingChanges(changed));
        // An earlier try of this very call, whose answer was lost, is no other.
        others.removeAll(call.parameters().keySet());
        if (!others.isEmpty()) {
            throw new StepRefusedException(RdsLooks.wouldBeTakenAlong(changed.identifier(), others));
        }
    }

    /**
     * After AWS has refused a call for the state of something: waiting makes sense.
     *
     * @throws StepRefusedException TERMINAL_STATE if that state does not pass
     */
    void requirePassing(AwsPlace place, ControlPlaneOperation call) {
        if (call.action().startsWith("Delete")) {
            return; // What is on its way out passes.
        }
        Optional<GroupOwner> subject = ReadReplicaCalls.subject(place, call)
                .or(() -> subject(
                        place,
                        call,
                        TemporaryCalls.SOURCE,
                        TemporaryClusterCalls.LIKE,
                        ParameterGroupCalls.INSTANCE,
                        ParameterGroupCalls.CLUSTER));
        if (subject.isPresent()) {
            var unused = looks.isAvailable(subject.get());
        }
    }

    /** The first of these parameters that the call has. */
    private static Optional<GroupOwner> subject(AwsPlace place, ControlPlaneOperation call, String... names) {
        return Stream.of(names)
                .filter(call.parameters()::containsKey)
                .findFirst()
                .map(name -> owner(place, name, RdsCalls.parameter(call, name)));
    }

    private static GroupOwner owner(AwsPlace place, String parameter, String id) {
        return parameter.equals(ParameterGroupCalls.CLUSTER) || parameter.equals(TemporaryClusterCalls.LIKE)
                ? GroupOwner.cluster(place, id)
                : GroupOwner.instance(place, id);
    }
}
