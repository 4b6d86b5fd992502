// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** Compiles plans, shows them, runs them step by step and remembers what was done. */
@NullMarked
package dev.sluice.core;

import org.jspecify.annotations.NullMarked;
