// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.endpoint;

/** A server that can be a replica, or that the plan creates as one. */
public interface ReplicaEndpoint extends Endpoint {}
