// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.sluice.samples.spring;

import org.jspecify.annotations.NullMarked;
