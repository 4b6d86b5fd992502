// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
/** The demo on servers that are not its own, and as people start it. */
@NullMarked
package dev.sluice.samples.demo;

import org.jspecify.annotations.NullMarked;
