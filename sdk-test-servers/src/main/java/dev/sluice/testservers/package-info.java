// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** Real MySQL servers on loopback, for tests. */
@NullMarked
package dev.sluice.testservers;

import org.jspecify.annotations.NullMarked;
