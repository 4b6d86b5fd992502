// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * The outcome of comparing the replica with its source.
 */
@NullMarked
package dev.sluice.api.verify;

import org.jspecify.annotations.NullMarked;
