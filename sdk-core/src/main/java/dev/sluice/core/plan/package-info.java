// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * From plan to steps: the compiler, the rows of the guide that belong to no engine, explanations and stored forms.
 */
@NullMarked
package dev.sluice.core.plan;

import org.jspecify.annotations.NullMarked;
