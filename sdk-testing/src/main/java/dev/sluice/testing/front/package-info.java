// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Fronts for MySQL servers, through which clients and replication pass: one on which a test switches the faults of networks and hosts on
 * and off, and one that answers some queries in place of the server.
 */
@NullMarked
package dev.sluice.testing.front;

import org.jspecify.annotations.NullMarked;
