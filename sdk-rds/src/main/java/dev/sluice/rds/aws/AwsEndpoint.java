// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.endpoint.Endpoint;

/** An endpoint that Amazon manages. Implementations are immutable data. */
public interface AwsEndpoint extends Endpoint {
    /** The account and region that it lives in. */
    AwsPlace place();

    /** The identifier of the instance or the cluster. */
    String identifier();
}
