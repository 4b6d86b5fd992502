// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Data that breaks naive copies: {@link dev.sluice.testing.data.HostileSchema} fills a MySQL server of any version with column types,
 * names, keys, character sets and stored objects at the edge of what that version can hold.
 */
@NullMarked
package dev.sluice.testing.data;

import org.jspecify.annotations.NullMarked;
