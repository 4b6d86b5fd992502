// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * A plan compiled into steps for two particular servers, and its explanation.
 */
@NullMarked
package dev.sluice.api.compiled;

import org.jspecify.annotations.NullMarked;
