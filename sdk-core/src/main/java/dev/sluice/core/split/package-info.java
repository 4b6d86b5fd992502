// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
/**
 * Divides the rows of a table into ranges of its primary key that hold about as many rows each, without counting any. Every kind of key whose
 * order can be computed is seen as whole numbers ({@code KeyAxis}), which are halved where the server believes too many rows to be.
 */
@NullMarked
package dev.sluice.core.split;

import org.jspecify.annotations.NullMarked;
