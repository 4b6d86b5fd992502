// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** The engine for Aurora MySQL, which comes later: it will stand on that for RDS for MySQL and its {@code dev.sluice.rds.aws}. */
@NullMarked
package dev.sluice.aurora;

import org.jspecify.annotations.NullMarked;
