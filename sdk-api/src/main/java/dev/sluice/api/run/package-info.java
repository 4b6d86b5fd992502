// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * One execution of a compiled plan: handle, status, events and result.
 */
@NullMarked
package dev.sluice.api.run;

import org.jspecify.annotations.NullMarked;
