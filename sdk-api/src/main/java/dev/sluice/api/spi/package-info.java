// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0

/**
 * What an engine implements to teach Sluice one kind of server.
 */
@NullMarked
package dev.sluice.api.spi;

import org.jspecify.annotations.NullMarked;
