// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.run.RunListener;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.diagnosis.Diagnostician;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.mysql.ConnectionSource;
import dev.sluice.core.plan.Engines;
import dev.sluice.core.run.Reporting;
import dev.sluice.core.run.RunSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the host gave. Immutable.
 *
 * @param checkLimit how long each check of a preflight may take
 * @param executor null for threads of our own
 * @param reports who reports runs
 * @param diagnosis who says why a replication does not work
 */
record SluiceSettings(
        Engines engines,
        SecretResolver secrets,
        Map<String, ConnectionSource> connectionSources,
        Journal journal,
        RunSettings runs,
        Clock clock,
        Duration checkLimit,
        @Nullable Executor executor,
        Reporting reports,
        Diagnostician diagnosis,
        List<RunListener> listeners) {
    SluiceSettings {
        connectionSources = Map.copyOf(connectionSources);
        listeners = List.copyOf(listeners);
    }
}
