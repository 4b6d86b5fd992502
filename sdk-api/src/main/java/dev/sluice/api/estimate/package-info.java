// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * What a copy will take, before it begins.
 */
@NullMarked
package dev.sluice.api.estimate;

import org.jspecify.annotations.NullMarked;
