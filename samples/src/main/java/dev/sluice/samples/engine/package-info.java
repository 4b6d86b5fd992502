// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * An engine of one's own: a managed MySQL of a provider that does not exist, "Harbor", whose customers set replication up by its procedures.
 * Read {@link dev.sluice.samples.engine.HarborEngine} first, then {@link dev.sluice.samples.engine.HarborSteps}; {@code docs/guides/writing-an-engine.md}
 * explains both.
 */
@NullMarked
package dev.sluice.samples.engine;

import org.jspecify.annotations.NullMarked;
