// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.ControlPlane;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.StepContext;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** AWS's APIs: makes the calls of {@link RdsCalls} and {@link PortCalls}, and looks at instances. Thread-safe. */
public final class RdsControlPlane implements ControlPlane {
    private final AwsClients clients;
    private final RdsStates states;
    private final LostReboots reboots;

    /** With these clients, which stay the caller's to close. */
    public RdsControlPlane(AwsClients clients) {
        this.clients = clients;
        this.states = new RdsStates(clients);
        this.reboots = new LostReboots(clients);
    }

    /** How often AWS is asked for what takes its time. */
    public PollPace pace() {
        return clients.pace();
    }

    @Override
    public void perform(ControlPlaneOperation operation, StepContext context) {
        AwsEndpoint endpoint = endpoint(context.plan(), operation.info().target());
        states.requireNothingElsePending(endpoint.place(), operation, context);
        if (operation.action().equals(ParameterGroupCalls.REBOOT)) {
            reboots.rebootOnce(
                    endpoint.place(),
                    RdsCalls.parameter(operation, ParameterGroupCalls.INSTANCE),
                    context,
                    () -> make(operation, endpoint));
        } else {
            make(operation, endpoint);
        }
    }

    private void make(ControlPlaneOperation operation, AwsEndpoint endpoint) {
        try {
            if (operation.action().equals(ReadReplicaCalls.CREATE)) {
                ReadReplicaRequests.create(clients, endpoint.place(), operation);
            } else if (PortRequests.isOne(operation)) {
                PortRequests.call(operation).accept(clients.ec2(endpoint.place()));
            } else {
                RdsCalls.call(operation).accept(clients.rds(endpoint.place()));
            }
        } catch (SdkException failure) {
            StepException told = AwsFailures.whileChanging(failure, operation.action() + " for " + endpoint.label());
            if (told.code() == AwsErrorCode.WRONG_STATE) {
                states.requirePassing(endpoint.place(), operation);
            }
            throw told;
        }
    }

    private static AwsEndpoint endpoint(Plan plan, Target target) {
        Endpoint endpoint = pick(plan, target);
        if (endpoint instanceof AwsEndpoint aws) {
            return aws;
        }
        throw new IllegalStateException("Not an endpoint in AWS: " + endpoint.label());
    }

    private static Endpoint pick(Plan plan, Target target) {
        return target == Target.SOURCE ? plan.findSource().orElseThrow() : plan.replica();
    }

    /**
     * What AWS says about an instance.
     *
     * @throws StepException if it cannot be asked, or there is no such instance
     */
    public RdsInstance instance(AwsPlace place, String id) {
        try {
            return clients
                    .rds(place)
                    .describeDBInstances(request -> request.dbInstanceIdentifier(id))
                    .dbInstances()
                    .stream()
                    .findFirst()
                    .map(RdsInstance::of)
                    .orElseThrow(() -> notFound(place, id));
        } catch (SdkException failure) {
            throw AwsFailures.whileReading(failure, "DescribeDBInstances for " + id + " in " + place);
        }
    }

    /**
     * What AWS says about the instance that a run has made for a while; empty if there is none.
     *
     * @throws StepException if it cannot be asked, or somebody else has made it
     */
    public Optional<TemporaryInstance> temporaryInstance(AwsPlace place, RunId run) {
        String id = Temporary.name(run);
        try {
            return TemporaryInstance.find(clients.rds(place), id)
                    .map(instance -> instance.orThrowIfNotOf(Temporary.runOf(id)));
        } catch (SdkException failure) {
            throw AwsFailures.whileReading(failure, "DescribeDBInstances for " + id + " in " + place);
        }
    }

    private static StepRefusedException notFound(AwsPlace place, String id) {
        return new StepRefusedException(
                Problem.of(AwsErrorCode.NOT_FOUND, "No instance is called " + id + " in " + place));
    }
}
