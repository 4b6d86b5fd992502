// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Compares a replica with its source, without any write on either: rows by checksums that the servers compute over key ranges,
 * narrowed to rows where they differ, and definitions by their meaning. While replication goes on, a row that differs is looked at
 * again after the replica has passed the source's position of that moment, so that nothing that is merely on its way counts as a
 * difference.
 */
@NullMarked
package dev.sluice.core.verify;

import org.jspecify.annotations.NullMarked;
