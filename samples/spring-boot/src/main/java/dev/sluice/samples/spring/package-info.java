// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * A service that starts, watches and cancels runs over HTTP. Read first {@link dev.sluice.samples.spring.SluiceConfiguration}, then
 * {@link dev.sluice.samples.spring.Runs}.
 */
@NullMarked
package dev.sluice.samples.spring;

import org.jspecify.annotations.NullMarked;
