// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Where in a source's binary log a snapshot stands.
 */
@NullMarked
package dev.sluice.api.coordinates;

import org.jspecify.annotations.NullMarked;
