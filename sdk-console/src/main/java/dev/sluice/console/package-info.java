// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Shows runs on a console: {@link dev.sluice.console.ConsoleProgress} is a listener that draws bars at the bottom of a terminal and prints few plain
 * lines elsewhere. No other library is needed.
 *
 * <p>The bars stand below a scroll region, as those of apt do, so that whatever else the program or its loggers print scrolls above them and is
 * never broken in two. Libraries that draw bars where the cursor is cannot promise that, since they do not see what others print.
 */
@NullMarked
package dev.sluice.console;

import org.jspecify.annotations.NullMarked;
