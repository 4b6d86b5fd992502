// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * AssertJ assertions for plans, compiled plans, results of runs and reports: {@link dev.sluice.testing.assertions.SluiceAssertions} is where to
 * begin. Each failing message says what was there.
 */
@NullMarked
package dev.sluice.testing.assertions;

import org.jspecify.annotations.NullMarked;
