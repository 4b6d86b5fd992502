// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Moves structure and rows of a snapshot to the replica inside this JVM: bytes stay bytes, memory is bounded, and a unit of rows
 * counts only when the server confirms each of them.
 */
@NullMarked
package dev.sluice.core.copy;

import org.jspecify.annotations.NullMarked;
