// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Real MySQL servers dressed as Amazon RDS: for tests of engines and plans without an AWS account.
 */
@NullMarked
package dev.sluice.testing.rds;

import org.jspecify.annotations.NullMarked;
