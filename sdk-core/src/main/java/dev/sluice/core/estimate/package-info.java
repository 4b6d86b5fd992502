// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Estimates of what a copy will take, from the source's statistics and a short probe. Changes nothing.
 */
@NullMarked
package dev.sluice.core.estimate;

import org.jspecify.annotations.NullMarked;
