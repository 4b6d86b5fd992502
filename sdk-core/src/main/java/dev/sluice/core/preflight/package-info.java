// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * What is looked at before a run: rules that judge a plan from the servers' facts when it is compiled, and checks that look at the
 * live servers before anything is changed. Each rule and each check is one class with a stable id; {@code docs/preflight.md} lists
 * them all.
 */
@NullMarked
package dev.sluice.core.preflight;

import org.jspecify.annotations.NullMarked;
