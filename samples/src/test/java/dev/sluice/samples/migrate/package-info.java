// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
/** The migration program, as people use it. */
@NullMarked
package dev.sluice.samples.migrate;

import org.jspecify.annotations.NullMarked;
