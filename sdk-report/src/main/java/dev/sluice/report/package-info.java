// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * What a run leaves for people and auditors: one JSON document with all its evidence, and a page made from it.
 */
@NullMarked
package dev.sluice.report;

import org.jspecify.annotations.NullMarked;
