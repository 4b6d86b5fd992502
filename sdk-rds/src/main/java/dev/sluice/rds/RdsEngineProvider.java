// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.EngineProvider;

/**
 * Lets {@code Sluice.discover()} find {@link RdsEngine}: the one without AWS credentials, whose calls of the RDS API are actions for a person.
 * Who wants Sluice to make these calls gives {@code Sluice.builder().engines(RdsEngine.create(clients))}.
 */
public final class RdsEngineProvider implements EngineProvider {
    @Override
    public Engine create() {
        return RdsEngine.create();
    }
}
