// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * What the sample of an engine keeps to, and what a run with it does.
 */
@NullMarked
package dev.sluice.samples.engine;

import org.jspecify.annotations.NullMarked;
