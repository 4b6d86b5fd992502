// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Carrying a compiled plan out: look, act, confirm; retries, undos, cancel and events.
 */
@NullMarked
package dev.sluice.core.run;

import org.jspecify.annotations.NullMarked;
