// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import java.time.Duration;

/**
 * When a server was asked: its answer is of some moment between both. Immutable and thread-safe.
 *
 * @param from right before the question, by an {@link Uptime}
 * @param to right after the answer
 */
public record Asked(Duration from, Duration to) {}
