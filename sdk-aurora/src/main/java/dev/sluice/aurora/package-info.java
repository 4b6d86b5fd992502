// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** The engine for Aurora MySQL. It stands on the packages that the engine for RDS for MySQL publishes to it. */
@NullMarked
package dev.sluice.aurora;

import org.jspecify.annotations.NullMarked;
