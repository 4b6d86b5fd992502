// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Opens consistent snapshots on a source together with their coordinates, under the shortest lock that the server grants, and
 * keeps them usable while they are read. Whatever fails or dies here, the source is free again within seconds.
 */
@NullMarked
package dev.sluice.core.snapshot;

import org.jspecify.annotations.NullMarked;
