// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
/** The first program, as people start it. */
@NullMarked
package dev.sluice.samples.quickstart;

import org.jspecify.annotations.NullMarked;
