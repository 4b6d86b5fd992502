// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.core.journal.Journal;
import java.time.Clock;

/**
 * What the runs of one Sluice share. Immutable and thread-safe.
 *
 * @param connectors to servers
 * @param settings what runs may use
 * @param journal where they write down what they do
 * @param clock tells the time
 * @param open what goes on
 * @param monitors watch replications beyond their runs
 * @param reports who reports them
 */
public record RunHost(
        Connectors connectors,
        RunSettings settings,
        Journal journal,
        Clock clock,
        OpenRuns open,
        Monitors monitors,
        Reporting reports) {}
