// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * What a step does, one at a time, as pure data that is both printed and run.
 */
@NullMarked
package dev.sluice.api.operation;

import org.jspecify.annotations.NullMarked;
