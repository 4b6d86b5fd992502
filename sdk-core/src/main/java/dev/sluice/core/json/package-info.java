// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Documents as JSON text, by a streaming parser.
 */
@NullMarked
package dev.sluice.core.json;

import org.jspecify.annotations.NullMarked;
