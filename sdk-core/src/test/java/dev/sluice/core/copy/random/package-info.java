// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
/** Random tables with random rows, each from one seed: every type of column, key and partition that a server has, with values at their edges. */
@NullMarked
package dev.sluice.core.copy.random;

import org.jspecify.annotations.NullMarked;
