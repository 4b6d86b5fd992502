// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.EngineException;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.EngineProvider;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that nobody named are found by the services that their jars offer, and only if each id is there once. */
class DiscoverTest {
    @TempDir
    Path folder;

    @Test
    void findsTheEngineOfThisModule() {
        var plan = ReplicationPlan.from(ExternalMySql.at("db1", 3306).credentials("migrator", Secret.env("A")))
                .to(ExternalMySql.at("db2", 3306).credentials("migrator", Secret.env("B")));

        try (Sluice sluice = Sluice.discover().journal(Journal.inMemory()).build()) {
            assertThat(sluice.planFromJson(sluice.toJson(plan))).isEqualTo(plan);
        }
    }

    @Test
    void refusesTwoEnginesOfOneId() throws IOException {
        assertThatThrownBy(() -> discoverThrough(
                        offering(Twin.class.getName()), getClass().getClassLoader()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("CORE-102")
                .hasMessageContaining("external-mysql");
    }

    @Test
    void refusesAnEngineThatCannotBeMade() throws IOException {
        assertThatThrownBy(() -> discoverThrough(
                        offering("com.example.NotThere"), getClass().getClassLoader()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("CORE-119")
                .hasMessageContaining("com.example.NotThere");
    }

    @Test
    void namesTheProviderThatFails() throws IOException {
        assertThatThrownBy(() -> discoverThrough(
                        offering(Broken.class.getName()), getClass().getClassLoader()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("CORE-119")
                .hasMessageContaining(Broken.class.getName())
                .hasMessageContaining("planted")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAClassPathWithoutEngines() {
        assertThatThrownBy(() -> discoverThrough(new URL[0], null))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("CORE-119")
                .hasMessageContaining("sluice-external");
    }

    private URL[] offering(String provider) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(EngineProvider.class.getName()), provider + "\n");
        return new URL[] {folder.toUri().toURL()};
    }

    private static void discoverThrough(URL[] more, @Nullable ClassLoader parent) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(more, parent)) {
            thread.setContextClassLoader(loader);
            Sluice.discover().journal(Journal.inMemory());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Another engine that says it is the external one. */
    public static final class Twin implements EngineProvider {
        @Override
        public Engine create() {
            return ExternalEngine.create();
        }
    }

    /** Fails when it is asked for its engine. */
    public static final class Broken implements EngineProvider {
        @Override
        public Engine create() {
            throw new IllegalStateException("planted");
        }
    }
}
