// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
/**
 * A migration program from RDS for MySQL to Aurora MySQL with a command line of its own, as a company would write one around Sluice:
 * {@link dev.sluice.samples.migrate.Migration} makes plan and Sluice from the options, each command is a class, and
 * {@link dev.sluice.samples.migrate.Foreground} is a run that somebody watches and may interrupt.
 */
@NullMarked
package dev.sluice.samples.migrate;

import org.jspecify.annotations.NullMarked;
