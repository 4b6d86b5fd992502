// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * The rows of the guide that RDS for MySQL and Aurora MySQL do by the same {@code mysql.rds_*} procedures. For these two engines and nobody
 * else; ADR 0010 says why.
 */
@NullMarked
package dev.sluice.rds.managed;

import org.jspecify.annotations.NullMarked;
