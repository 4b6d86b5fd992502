// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.sluice.micrometer;

import org.jspecify.annotations.NullMarked;
