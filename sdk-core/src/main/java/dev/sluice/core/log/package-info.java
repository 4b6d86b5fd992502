// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** What log lines of a run carry besides their text. */
@NullMarked
package dev.sluice.core.log;

import org.jspecify.annotations.NullMarked;
