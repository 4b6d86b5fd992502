// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * What a server said about itself, as data.
 */
@NullMarked
package dev.sluice.api.facts;

import org.jspecify.annotations.NullMarked;
