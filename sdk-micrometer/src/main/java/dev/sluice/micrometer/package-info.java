// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Counts and times what Sluice does, in a Micrometer registry of the host's. {@code docs/metrics.md} lists every metric.
 */
@NullMarked
package dev.sluice.micrometer;

import org.jspecify.annotations.NullMarked;
