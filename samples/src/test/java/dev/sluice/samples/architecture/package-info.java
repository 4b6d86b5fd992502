// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/** The walls between modules and packages. They stand here because only this module sees all the others. */
@NullMarked
package dev.sluice.samples.architecture;

import org.jspecify.annotations.NullMarked;
