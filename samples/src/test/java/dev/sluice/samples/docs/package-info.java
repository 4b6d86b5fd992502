// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
/** What holds for README.md and every page in docs: what they show compiles, what they point at is there, what is generated is true. */
@NullMarked
package dev.sluice.samples.docs;

import org.jspecify.annotations.NullMarked;
