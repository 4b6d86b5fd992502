// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** What a user needs to test plans, and an engine to show that it is right. */
@NullMarked
package dev.sluice.testing;

import org.jspecify.annotations.NullMarked;
