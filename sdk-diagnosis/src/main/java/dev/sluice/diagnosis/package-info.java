// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Finds out why a replication does not work and what helps: {@link dev.sluice.diagnosis.KnownFailures}, for {@code Sluice.builder().diagnosis(…)}. Each
 * row of the catalogue of failures is one class.
 */
@NullMarked
package dev.sluice.diagnosis;

import org.jspecify.annotations.NullMarked;
