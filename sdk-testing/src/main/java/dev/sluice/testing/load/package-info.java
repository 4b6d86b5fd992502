// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** Applications that go on writing while something is done to their server. */
@NullMarked
package dev.sluice.testing.load;

import org.jspecify.annotations.NullMarked;
