// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * A front for MySQL servers through which clients and replication pass, and on which a test switches the faults of networks and
 * hosts on and off.
 */
@NullMarked
package dev.sluice.testing.front;

import org.jspecify.annotations.NullMarked;
