// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * What a user wants: the replication plan, the plan that ends a replication, their scope and consents.
 */
@NullMarked
package dev.sluice.api.plan;

import org.jspecify.annotations.NullMarked;
