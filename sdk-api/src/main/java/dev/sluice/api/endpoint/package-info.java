// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * Servers in a plan: who they are and how this JVM reaches them.
 */
@NullMarked
package dev.sluice.api.endpoint;

import org.jspecify.annotations.NullMarked;
