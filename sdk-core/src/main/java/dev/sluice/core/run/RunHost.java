// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.core.journal.Journal;
import java.time.Clock;

/**
 * What one Sluice gives to each of its runs. Immutable and thread-safe.
 *
 * @param connectors reach servers
 * @param settings what the host allows runs to use
 * @param journal where runs write down what they do
 * @param clock tells the time
 * @param monitors watch replications beyond their runs
 */
public record RunHost(Connectors connectors, RunSettings settings, Journal journal, Clock clock, Monitors monitors) {}
