// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
/** The program of the README's first page, to run and to begin from. */
@NullMarked
package dev.sluice.samples.quickstart;

import org.jspecify.annotations.NullMarked;
