// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.EngineProvider;

/** Lets {@code Sluice.discover()} find {@link ExternalEngine}. */
public final class ExternalEngineProvider implements EngineProvider {
    @Override
    public Engine create() {
        return ExternalEngine.create();
    }
}
