// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Why a replication does not work, and what can be done about it. What finds that out is a part of its own, {@code sluice-diagnosis}.
 */
@NullMarked
package dev.sluice.api.diagnosis;

import org.jspecify.annotations.NullMarked;
