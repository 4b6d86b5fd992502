// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.run.RunListener;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.api.spi.Engine;
import dev.sluice.core.dump.ClientPrograms;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.mysql.ConnectionSource;
import dev.sluice.core.plan.Engines;
import dev.sluice.core.run.RetryLimits;
import dev.sluice.core.run.RunSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what a {@link Sluice} needs. Defaults: no engine; environment variables and files as secrets; a journal in memory; four
 * readers and four writers a run; client programs on the PATH; the system's clock. Not thread-safe.
 */
public final class SluiceBuilder {
    private final List<Engine> engines = new ArrayList<>();
    private final Map<String, ConnectionSource> sources = new LinkedHashMap<>();
    private final List<RunListener> listeners = new ArrayList<>();
    private SecretResolver secrets = SecretResolver.standard();
    private Journal journal = Journal.inMemory();
    private RunSettings runs = RunSettings.standard();
    private Clock clock = Clock.systemUTC();

    SluiceBuilder() {}

    /**
     * Adds engines: one for each kind of server that plans name. The Sluice closes them with itself. <b>When not called:</b> none, so that
     * no plan compiles.
     */
    public SluiceBuilder engines(Engine... more) {
        engines.addAll(List.of(more));
        return this;
    }

    /**
     * Resolves the secrets of plans, at the moment of use and each time anew; called from any thread. <b>When not called:</b>
     * {@link SecretResolver#standard()}, environment variables and files.
     */
    public SluiceBuilder secrets(SecretResolver resolver) {
        this.secrets = requireNonNull(resolver, "resolver");
        return this;
    }

    /**
     * Registers the host's own way to connect, for endpoints that name it.
     *
     * @param name as endpoints give it to {@code connectingThrough(name)}
     * @throws IllegalArgumentException if another one has this name
     */
    public SluiceBuilder connectionSource(String name, ConnectionSource source) {
        if (sources.put(requireNonNull(name, "name"), requireNonNull(source, "source")) != null) {
            throw new IllegalArgumentException("Two connection sources are named " + name);
        }
        return this;
    }

    /** Where runs are recorded; the Sluice closes it with itself. <b>When not called:</b> in memory, gone with this process. */
    public SluiceBuilder journal(Journal where) {
        this.journal = requireNonNull(where, "where");
        return this;
    }

    /** Adds one that hears of all runs, in order, on one thread a run. */
    public SluiceBuilder listener(RunListener listener) {
        listeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * How many connections read from the source and write to the replica during a copy. <b>Range:</b> 1 to 64 each. <b>When not called:</b>
     * 4 and 4.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public SluiceBuilder copyConnections(int readers, int writers) {
        this.runs = new RunSettings(readers, writers, runs.retries(), runs.programs());
        return this;
    }

    /**
     * How patiently failures are tried again that surely changed nothing. <b>When not called:</b> {@link RetryLimits#DEFAULT}, eight tries
     * within about a minute.
     */
    public SluiceBuilder retries(RetryLimits limits) {
        this.runs = new RunSettings(runs.readers(), runs.writers(), limits, runs.programs());
        return this;
    }

    /**
     * The folder with the programs {@code mysqldump} and {@code mysql}, for plans with {@code copyWith(CopyMethod.MYSQLDUMP)}. When
     * not called: the first ones on this process's {@code PATH}. Preflight tells if they are missing or do not fit.
     */
    public SluiceBuilder clientPrograms(Path folder) {
        this.runs = new RunSettings(
                runs.readers(), runs.writers(), runs.retries(), ClientPrograms.in(requireNonNull(folder, "folder")));
        return this;
    }

    /** The clock of events, journal and deadlines. <b>When not called:</b> the system's, in UTC. */
    public SluiceBuilder clock(Clock time) {
        this.clock = requireNonNull(time, "time");
        return this;
    }

    /**
     * The finished Sluice. Nothing is connected yet.
     *
     * @throws dev.sluice.api.error.EngineException if two engines have one id, or one was built for another SPI
     */
    public Sluice build() {
        return new Sluice(new SluiceSettings(Engines.of(engines), secrets, sources, journal, runs, clock, listeners));
    }
}
