// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.EngineProvider;

/**
 * Lets {@code Sluice.discover()} find {@link AuroraEngine}: the one without AWS credentials, whose calls of the RDS API are actions for a
 * person. Who wants Sluice to make these calls gives {@code Sluice.builder().engines(AuroraEngine.create(clients))}.
 */
public final class AuroraEngineProvider implements EngineProvider {
    @Override
    public Engine create() {
        return AuroraEngine.create();
    }
}
