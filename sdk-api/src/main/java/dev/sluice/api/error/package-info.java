// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Errors that answer what happened to the database, each with a stable code, a cause and a remedy.
 */
@NullMarked
package dev.sluice.api.error;

import org.jspecify.annotations.NullMarked;
