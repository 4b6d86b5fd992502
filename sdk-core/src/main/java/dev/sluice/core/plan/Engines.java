// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.error.EngineException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.Spi;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The engines that a Sluice was given, by id. Immutable and thread-safe. */
public final class Engines {
    private final Map<String, Engine> byId;

    private Engines(Map<String, Engine> byId) {
        this.byId = byId;
    }

    /**
     * These engines and no others.
     *
     * @throws EngineException if two have one id, or one was built for another version of the SPI
     */
    public static Engines of(Collection<? extends Engine> engines) {
        Map<String, Engine> byId = new TreeMap<>();
        for (Engine engine : engines) {
            requireFittingSpi(engine);
            Engine other = byId.put(engine.id().value(), engine);
            if (other != null) {
                throw new EngineException(Problem.of(
                        PlanCode.ENGINE_TWICE,
                        engine.getClass().getName() + " and " + other.getClass().getName() + " both are "
                                + engine.id()));
            }
        }
        return new Engines(byId);
    }

    private static void requireFittingSpi(Engine engine) {
        int level = engine.builtForSpi();
        if (level < Spi.OLDEST_SUPPORTED || level > Spi.LEVEL) {
            throw new EngineException(Problem.of(
                    PlanCode.ENGINE_TOO_OLD,
                    "The engine " + engine.id() + " was built for SPI level " + level + "; this Sluice takes "
                            + Spi.OLDEST_SUPPORTED + " to " + Spi.LEVEL));
        }
    }

    /** The engine of an endpoint. */
    public Engine of(Endpoint endpoint) {
        return byId(endpoint.engine());
    }

    /**
     * The engine of this id.
     *
     * @throws EngineException if none was given
     */
    public Engine byId(EngineId id) {
        Engine engine = byId.get(id.value());
        if (engine == null) {
            throw new EngineException(Problem.of(PlanCode.NO_ENGINE, "No engine " + id + " among " + byId.keySet()));
        }
        return engine;
    }

    /** The step of this key, core's own included. */
    public Optional<Step> step(StepKey key) {
        Engine engine = byId.get(key.engine().value());
        Stream<Step> steps = engine == null
                ? Stream.empty()
                : Stream.of(
                                engine.sourceSteps().stream(),
                                engine.replicaSteps().stream(),
                                engine.tableCopySteps().stream(),
                                engine.seedOffers().stream().map(SeedOffer::step),
                                engine.seedAcceptances().stream().map(SeedAcceptance::step))
                        .flatMap(all -> all);
        return steps.filter(step -> step.key().equals(key)).findFirst();
    }

    /** The way to snapshot a source whose step has this key; empty for core's own. */
    public Optional<SeedOffer> offer(StepKey key) {
        return byId.values().stream()
                .filter(engine -> engine.id().equals(key.engine()))
                .flatMap(engine -> engine.seedOffers().stream())
                .filter(offer -> offer.step().key().equals(key))
                .findFirst();
    }

    public List<Engine> all() {
        return List.copyOf(byId.values());
    }
}
