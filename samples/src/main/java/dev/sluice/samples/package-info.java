// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** Runnable programs, each the first page of a reader. */
@NullMarked
package dev.sluice.samples;

import org.jspecify.annotations.NullMarked;
