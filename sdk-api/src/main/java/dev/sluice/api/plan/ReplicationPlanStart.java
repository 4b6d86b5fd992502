// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import java.util.List;

/** A plan that knows its source and still needs its replica. Not meant to be stored. Immutable and thread-safe. */
@CheckReturnValue
public final class ReplicationPlanStart {
    private final SourceEndpoint source;
    private final List<EndpointOption<?>> options;

    ReplicationPlanStart(SourceEndpoint source, List<EndpointOption<?>> options) {
        this.source = source;
        this.options = options;
    }

    /** The server to replicate to, and options of that kind of server: a finished plan. */
    @SafeVarargs
    public final <R extends ReplicaEndpoint> ReplicationPlan to(
            R replica, EndpointOption<? super R>... replicaOptions) {
        return ImmutableReplicationPlanValue.of(source, options, replica, List.of(replicaOptions));
    }
}
