// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Copies by MySQL's own client programs, {@code mysqldump} piped to {@code mysql}: {@link dev.sluice.programs.ClientPrograms}, for {@code
 * Sluice.builder().clientPrograms(…)}. Passwords travel in files that only their owner can read, never in arguments or the environment.
 */
@NullMarked
package dev.sluice.programs;

import org.jspecify.annotations.NullMarked;
