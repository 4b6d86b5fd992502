// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Journals of runs in a database of the host's: {@link dev.sluice.journal.jdbc.JdbcJournal}, for {@code Sluice.builder().journal(…)}.
 */
@NullMarked
package dev.sluice.journal.jdbc;

import org.jspecify.annotations.NullMarked;
