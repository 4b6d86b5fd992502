// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * The accounts and privileges that a compiled plan needs.
 */
@NullMarked
package dev.sluice.api.privileges;

import org.jspecify.annotations.NullMarked;
