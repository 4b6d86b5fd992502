// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * The append-only record from which a run can be understood, resumed and undone.
 */
@NullMarked
package dev.sluice.core.journal;

import org.jspecify.annotations.NullMarked;
