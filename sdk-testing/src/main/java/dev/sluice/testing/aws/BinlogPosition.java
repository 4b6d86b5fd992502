// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/**
 * Where a binary log was cut off by a crash.
 *
 * @param file its name
 * @param position the end of the last transaction in it
 */
public record BinlogPosition(String file, long position) {}
