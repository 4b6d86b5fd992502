// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

/**
 * A database. Immutable.
 *
 * @param name its name
 * @param characterSet its default character set
 * @param collation its default collation
 */
public record DatabaseDefinition(String name, String characterSet, String collation) {}
