// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Findings of the checks that run before anything is changed.
 */
@NullMarked
package dev.sluice.api.preflight;

import org.jspecify.annotations.NullMarked;
