// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import dev.sluice.api.plan.TableName;

/**
 * How far the copy of one table is. Immutable and thread-safe.
 *
 * @param table the table
 * @param rows rows that the replica confirmed; with mysqldump rows that were sent, until the table is done
 * @param estimatedRows from the source's statistics; may be off by half and more
 * @param bytes bytes of row data sent
 */
public record TableProgress(TableName table, long rows, long estimatedRows, long bytes) {}
