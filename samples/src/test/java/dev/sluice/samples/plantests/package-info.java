// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Unit tests of plans, without any server: read {@code OrdersMigrationTest} first.
 */
@NullMarked
package dev.sluice.samples.plantests;

import org.jspecify.annotations.NullMarked;
