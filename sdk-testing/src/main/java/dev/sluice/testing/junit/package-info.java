// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Real MySQL servers as parameters of JUnit tests, as they are or dressed as RDS and Aurora: {@link dev.sluice.testing.junit.MySqlServer},
 * {@link dev.sluice.testing.junit.RdsServer}, {@link dev.sluice.testing.junit.AuroraServer}.
 */
@NullMarked
package dev.sluice.testing.junit;

import org.jspecify.annotations.NullMarked;
