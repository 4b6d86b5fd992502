// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

/** The version of the engine SPI. An engine returns {@link #LEVEL} as it was when it was compiled. */
public final class Spi {
    /** This version. Raised by every change that an engine could notice. */
    public static final int LEVEL = 1;

    /** The oldest level of engines that still work. */
    public static final int OLDEST_SUPPORTED = 1;

    private Spi() {}
}
