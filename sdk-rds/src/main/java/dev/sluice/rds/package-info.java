// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** The engine for RDS for MySQL. */
@NullMarked
package dev.sluice.rds;

import org.jspecify.annotations.NullMarked;
