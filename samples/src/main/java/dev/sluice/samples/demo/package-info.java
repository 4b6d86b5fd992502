// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
/**
 * The main job from end to end, on two real servers: a live source becomes the source of a replica. A reader's first look at what
 * Sluice does; {@link dev.sluice.samples.demo.Demo} is the part worth reading.
 */
@NullMarked
package dev.sluice.samples.demo;

import org.jspecify.annotations.NullMarked;
