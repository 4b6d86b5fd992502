// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** Measurements against the usual tools and the limit of the server itself. */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
