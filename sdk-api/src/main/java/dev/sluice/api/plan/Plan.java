// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

/** What a user wants from Sluice, as immutable data: {@link ReplicationPlan} or {@link EndPlan}. Holds no secret. */
public sealed interface Plan permits ReplicationPlan, EndPlan {}
