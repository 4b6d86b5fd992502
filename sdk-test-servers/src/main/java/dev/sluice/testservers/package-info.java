// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Real MySQL servers on loopback, for tests and demonstrations: {@link dev.sluice.testservers.MySqlServer} starts one,
 * {@link dev.sluice.testservers.SharedServers} lends servers that a JVM already has. Knows nothing of Sluice.
 */
@NullMarked
package dev.sluice.testservers;

import org.jspecify.annotations.NullMarked;
