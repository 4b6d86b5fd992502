// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * What Sluice asks of programs that copy in place of this JVM, at coordinates that it reads under its own lock. What runs MySQL's client programs is a
 * part of its own, {@code sluice-client-programs}. Passwords are handed over as suppliers, asked when a program starts.
 */
@NullMarked
package dev.sluice.core.dump;

import org.jspecify.annotations.NullMarked;
