// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * A small tree of values by which engines and core exchange JSON without binding it to classes.
 */
@NullMarked
package dev.sluice.api.document;

import org.jspecify.annotations.NullMarked;
