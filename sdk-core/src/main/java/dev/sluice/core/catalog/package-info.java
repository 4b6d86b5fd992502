// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * The structure of a plan's scope as the server itself writes it, never as a mapping of types: databases, tables, views, routines,
 * triggers and events.
 */
@NullMarked
package dev.sluice.core.catalog;

import org.jspecify.annotations.NullMarked;
