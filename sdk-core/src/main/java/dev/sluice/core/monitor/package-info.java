// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
/**
 * Judges a replication that runs: what its replica, its source and its heartbeat tell at one moment becomes a typed health with its reason, and
 * a lag in seconds, transactions and bytes. Asks no server itself. Times are measured by one clock, this JVM's ({@code Uptime}).
 */
@NullMarked
package dev.sluice.core.monitor;

import org.jspecify.annotations.NullMarked;
