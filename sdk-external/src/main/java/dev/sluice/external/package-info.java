// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** The engine for MySQL servers that their owner runs. */
@NullMarked
package dev.sluice.external;

import org.jspecify.annotations.NullMarked;
