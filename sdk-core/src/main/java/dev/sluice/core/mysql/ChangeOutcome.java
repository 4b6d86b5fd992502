// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

/**
 * What a server says after a change of rows. Immutable and thread-safe.
 *
 * @param rows rows that were changed
 * @param warnings values that did not arrive as they were sent, and other warnings
 */
public record ChangeOutcome(long rows, long warnings) {}
