// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * References to passwords, resolved only at the moment of use.
 */
@NullMarked
package dev.sluice.api.secret;

import org.jspecify.annotations.NullMarked;
