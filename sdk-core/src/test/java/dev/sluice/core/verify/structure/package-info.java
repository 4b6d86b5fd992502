// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.sluice.core.verify.structure;

import org.jspecify.annotations.NullMarked;
