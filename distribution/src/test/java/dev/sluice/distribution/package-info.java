// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** Looks at what is published, as users get it. */
@NullMarked
package dev.sluice.distribution;

import org.jspecify.annotations.NullMarked;
