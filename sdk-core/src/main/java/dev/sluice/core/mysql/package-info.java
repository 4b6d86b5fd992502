// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * The MySQL toolkit that engines build on: sessions, failures by what they did to the database, quoting, the statements that each
 * version understands, replica status, coordinates, facts, grants and replication filters. Nothing here knows a plan or a run.
 */
@NullMarked
package dev.sluice.core.mysql;

import org.jspecify.annotations.NullMarked;
