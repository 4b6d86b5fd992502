// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.spi.ServerSession;

/** The retention that a server has at the moment, in the unit of the variable; 0 is for ever. */
final class RetentionNow {
    private RetentionNow() {}

    static long read(ServerSession source, String variable) {
        return GlobalVariables.read(source, variable)
                .find(variable)
                .map(Long::parseLong)
                .orElseThrow(() -> new IllegalStateException("The source has no variable " + variable));
    }
}
