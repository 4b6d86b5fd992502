// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** What RDS and Aurora have in common, by facts alone. */
@NullMarked
package dev.sluice.rds.managed;

import org.jspecify.annotations.NullMarked;
