// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Finds out why a replication does not work and what helps: each row of the catalogue of failures is one class.
 */
@NullMarked
package dev.sluice.core.diagnosis;

import org.jspecify.annotations.NullMarked;
