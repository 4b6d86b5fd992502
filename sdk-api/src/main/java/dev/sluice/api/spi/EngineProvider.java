// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

/**
 * Makes an engine for those who let {@code Sluice.discover()} look for engines on the class path. An engine's jar names its provider in
 * {@code META-INF/services/dev.sluice.api.spi.EngineProvider}; the provider has a public constructor without parameters.
 */
@FunctionalInterface
public interface EngineProvider {
    /** A new engine that works without being told anything: it connects to nothing yet and asks for no credentials. */
    Engine create();
}
