// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Why a replication does not work, and what can be done about it.
 */
@NullMarked
package dev.sluice.api.diagnosis;

import org.jspecify.annotations.NullMarked;
