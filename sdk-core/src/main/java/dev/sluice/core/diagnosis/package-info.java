// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * What Sluice asks of who finds out why a replication does not work. What knows failures is a part of its own, {@code sluice-diagnosis}.
 */
@NullMarked
package dev.sluice.core.diagnosis;

import org.jspecify.annotations.NullMarked;
