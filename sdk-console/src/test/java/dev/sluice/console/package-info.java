// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** What people see, read off a terminal. */
@NullMarked
package dev.sluice.console;

import org.jspecify.annotations.NullMarked;
