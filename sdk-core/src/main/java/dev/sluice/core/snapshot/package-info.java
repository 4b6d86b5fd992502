// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** Consistent snapshots of the source with coordinates of the same instant, under the shortest lock that the server grants. */
@NullMarked
package dev.sluice.core.snapshot;

import org.jspecify.annotations.NullMarked;
