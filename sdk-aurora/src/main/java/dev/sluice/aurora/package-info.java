// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** The engine for Aurora MySQL. */
@NullMarked
package dev.sluice.aurora;

import org.jspecify.annotations.NullMarked;
