// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.error.EngineException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.EngineProvider;
import dev.sluice.core.plan.Engines;
import dev.sluice.core.plan.PlanCode;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds engines that nobody named. */
final class EngineDiscovery {
    private EngineDiscovery() {}

    static List<Engine> onClassPath() {
        List<Engine> found = found();
        if (found.isEmpty()) {
            throw new EngineException(
                    Problem.of(PlanCode.NOTHING_DISCOVERED, "No jar on the class path offers an EngineProvider"));
        }
        Engines.of(found);
        return found;
    }

    private static List<Engine> found() {
        try {
            return ServiceLoader.load(EngineProvider.class).stream()
                    .map(EngineDiscovery::made)
                    .toList();
        } catch (ServiceConfigurationError broken) {
            throw unusable("An engine on the class path cannot be made: " + broken.getMessage(), broken);
        }
    }

    private static Engine made(ServiceLoader.Provider<EngineProvider> provider) {
        EngineProvider found = provider.get();
        try {
            return found.create();
        } catch (RuntimeException failed) {
            throw unusable("The engine of " + provider.type().getName() + " cannot be made: " + failed, failed);
        }
    }

    private static EngineException unusable(String what, Throwable cause) {
        return new EngineException(Problem.of(PlanCode.NOTHING_DISCOVERED, what), cause);
    }
}
