// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** Runs between self-managed servers and such that are dressed as Amazon's. */
@NullMarked
package dev.sluice.samples.managed;

import org.jspecify.annotations.NullMarked;
