// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Compares what two servers have defined, by meaning: what they spell differently because of their versions, what is a counter
 * rather than a definition, and what a replica has to have otherwise than its source is no difference.
 */
@NullMarked
package dev.sluice.core.verify.structure;

import org.jspecify.annotations.NullMarked;
