// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import java.util.OptionalLong;

/** How much room a server's data directory has. */
interface FreeSpace {
    /**
     * In bytes; empty if nobody can tell, or may.
     *
     * @param directory the data directory, as the server names it
     * @param serverUuid the server's
     */
    OptionalLong in(String directory, String serverUuid);
}
